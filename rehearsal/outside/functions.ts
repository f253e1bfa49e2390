import { pipelines } from '../../shared/stage/kinds.ts';
import { FunctionError } from '../aws/lambda.ts';
import type { World } from '../world.ts';
import type { OfStep, PipelineSteps } from './steps.ts';

/** Lambda's own limit. */
const LONGEST_MS = 15 * 60_000;

/** Functions that are not of the service: the work of steps of pipelines. */
export class Functions {
  readonly #world: World;
  readonly #steps: PipelineSteps;
  readonly #names: Set<string>;

  constructor(world: World, steps: PipelineSteps) {
    this.#world = world;
    this.#steps = steps;
    const works = pipelines(world.stage).flatMap(([, pipeline]) =>
      Object.values(pipeline.steps).map(({ work }) => work),
    );
    this.#names = new Set(works.flatMap((work) => (work.by === 'function' ? [work.name] : [])));
  }

  /** Invokes one, if it is one of these. */
  invoke(name: string, payload: unknown): Promise<unknown> | undefined {
    if (!this.#names.has(name)) return undefined;
    return this.#work((payload as { lamplighter: OfStep }).lamplighter);
  }

  /** @throws FunctionError as Lambda has it */
  async #work(of: OfStep): Promise<unknown> {
    const course = this.#steps.begin(of);
    await this.#world.clock.sleep(Math.min(course.milliseconds, LONGEST_MS));
    const isLate = course.milliseconds > LONGEST_MS;
    const isWell = !isLate && course.exitCode === 0;
    this.#steps.end(course, isWell);
    if (isLate) throw new FunctionError('Sandbox.Timedout', 'Task timed out after 900.00 seconds');
    const cause = JSON.stringify({ errorType: 'Error', errorMessage: `ended with ${course.exitCode}` });
    if (!isWell) throw new FunctionError('Error', cause);
    return course.numbers;
  }
}
