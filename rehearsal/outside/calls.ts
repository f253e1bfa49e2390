import type { StepWork } from '../../shared/stage/compiled.ts';
import { pipelines } from '../../shared/stage/kinds.ts';
import type { Request } from '../outside.ts';
import type { World } from '../world.ts';
import { Airflow } from './airflow.ts';
import { answer, type Response } from './receiver.ts';
import type { PipelineSteps } from './steps.ts';

/** What the steps of pipelines call that is not of AWS: addresses, and Airflows. */
export class Calls {
  readonly #world: World;
  readonly #steps: PipelineSteps;
  readonly #airflows = new Map<string, Airflow>();
  readonly #urls: Set<string>;

  /** @param secretOf the value of a reference */
  constructor(world: World, steps: PipelineSteps, secretOf: (reference: string) => string) {
    this.#world = world;
    this.#steps = steps;
    const works = pipelines(world.stage).flatMap(([, pipeline]) =>
      Object.values(pipeline.steps).map(({ work }) => work),
    );
    const of = <By extends StepWork['by']>(by: By) =>
      works.filter((work): work is Extract<StepWork, { by: By }> => work.by === by);
    this.#urls = new Set(of('http').map(({ url }) => url));
    for (const { url, api, username, secret } of of('airflow')) {
      const base = url.replace(/\/+$/, '');
      const known = { url: base, api, ...(username !== undefined && { username }), secret: secretOf(secret) };
      this.#airflows.set(base, new Airflow(world, steps, known));
    }
  }

  /** Answers what is called; undefined where it is nothing of a step's. */
  answer(request: Request): Promise<Response> | Response | undefined {
    if (this.#urls.has(request.url)) return this.#http(request);
    for (const [base, airflow] of this.#airflows)
      if (request.url.startsWith(`${base}/`)) return airflow.answer(request);
    return undefined;
  }

  async #http({ headers = {} }: Request): Promise<Response> {
    const [pipeline = '', run = '', step = '', generation = '1'] = (headers['idempotency-key'] ?? '').split('/');
    const known = this.#steps.of(pipeline, step);
    if (known?.work.by !== 'http') return answer(400);
    const course = this.#steps.begin({ pipeline, run, step, generation: Number(generation) });
    if (course.milliseconds === Number.POSITIVE_INFINITY) {
      // Whoever calls hangs up at last; what is called does not notice.
      this.#steps.end(course, false);
      return new Promise(() => undefined);
    }
    await this.#world.clock.sleep(course.milliseconds);
    const isWell = course.exitCode === 0;
    this.#steps.end(course, isWell);
    return isWell ? answer(known.work.status ?? 200, JSON.stringify(course.numbers)) : answer(500);
  }
}
