import type { Expectation, PipelineStep } from '../../shared/stage/compiled.ts';
import { isPipeline } from '../../shared/stage/kinds.ts';
import { USUAL_CALL, USUAL_STEP } from '../scenario.ts';
import type { World } from '../world.ts';

/** The work of a step, as it is told what it is part of. */
export interface OfStep {
  pipeline: string;
  step: string;
  /** The run's local time. */
  run: string;
  generation: number;
}

/** What the work of a step is going to do. */
export interface Course extends OfStep {
  attempt: number;
  /** How long it takes; Infinity when it hangs. */
  milliseconds: number;
  exitCode: number;
  numbers: Record<string, number>;
}

/** Of which a share is expected, where the scenario does not say. */
const WHOLE = 1000;

/** The work of pipelines' steps, whatever does it: how long it takes, how it ends and what it counts, as the scenario says. */
export class PipelineSteps {
  readonly #world: World;
  /** The runs of each pipeline, in the order in which they began to work. */
  readonly #runs = new Map<string, string[]>();
  readonly #attempts = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Begins the work of a step. */
  begin(of: OfStep): Course {
    const { pipeline, step, run, generation } = of;
    const known = this.of(pipeline, step);
    const scenario = this.#world.scenario.steps[pipeline]?.[step];
    const [shortest, longest] = scenario?.takes ?? (known?.work.by === 'http' ? USUAL_CALL : USUAL_STEP);
    const usual = Math.round(this.#world.random.between(shortest, longest));
    const ordinal = this.#ordinalOf(pipeline, run);
    const attempt = this.#attemptOf(of);
    const fault = this.#world
      .faults('step')
      .find(
        (one) =>
          one.step === step &&
          (one.tries === undefined || attempt <= one.tries) &&
          this.#world.isFor(one, pipeline, ordinal) &&
          this.#world.uses(one),
      );
    const numbers = { ...usualNumbers(known), ...this.#drawn(scenario?.numbers ?? {}), ...fault?.numbers };
    this.#journal({ ...of, attempt }, 'started');
    const takes = fault?.takes ?? usual;
    return {
      ...{ pipeline, step, run, generation, attempt },
      milliseconds: fault?.ends === 'hangs' ? Number.POSITIVE_INFINITY : takes,
      exitCode: fault?.ends === 'fails' ? fault.exitCode : 0,
      numbers: fault?.ends === 'fails' ? {} : numbers,
    };
  }

  /** Its work has ended, or was ended. */
  end(course: Course, isWell: boolean): void {
    this.#journal(course, 'ended', isWell);
  }

  of(pipeline: string, step: string): PipelineStep | undefined {
    const workload = this.#world.stage.workloads[pipeline];
    return isPipeline(workload) ? workload.steps[step] : undefined;
  }

  #journal(
    { pipeline, step, run, generation, attempt }: OfStep & { attempt: number },
    phase: 'started' | 'ended',
    isWell?: boolean,
  ) {
    this.#world.journal.write({
      ...{ what: 'step', workload: pipeline, key: run, step, generation, attempt, phase },
      ...(isWell !== undefined && { isWell }),
    });
  }

  #ordinalOf(pipeline: string, run: string): number {
    const runs = this.#runs.get(pipeline) ?? [];
    if (!runs.includes(run)) runs.push(run);
    this.#runs.set(pipeline, runs);
    return runs.indexOf(run) + 1;
  }

  #attemptOf({ pipeline, step, run }: OfStep): number {
    const name = `${pipeline} ${run} ${step}`;
    const attempt = (this.#attempts.get(name) ?? 0) + 1;
    this.#attempts.set(name, attempt);
    return attempt;
  }

  #drawn(numbers: Record<string, number | [number, number]>): Record<string, number> {
    return Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => {
        if (typeof value === 'number') return [name, value];
        const [lowest, highest] = value;
        return [name, Math.floor(this.#world.random.between(lowest, highest + 1))];
      }),
    );
  }
}

/** What a step is expected to count: it is well when nothing is said of it. */
function usualNumbers(step: PipelineStep | undefined): Record<string, number> {
  return Object.assign({}, ...Object.entries(step?.expect ?? {}).map(([name, expected]) => usualOf(name, expected)));
}

function usualOf(name: string, { of, atLeast, failBelow, atMost, failAbove }: Expectation): Record<string, number> {
  const value = atLeast ?? failBelow ?? atMost ?? failAbove ?? (of ? 100 : WHOLE);
  return of ? { [of]: WHOLE, [name]: Math.round((WHOLE * value) / 100) } : { [name]: value };
}

/** What a program prints that counts. */
export function printed({ numbers }: Course): string {
  const said = Object.entries(numbers).map(([name, value]) => `${name}=${value}`);
  return said.length > 0 ? `::metric ${said.join(' ')}\n` : '';
}

/** What the variables of a command or a container tell it. */
export function toldBy(variables: Record<string, string>): OfStep | undefined {
  const of = (name: string) => variables[`LAMPLIGHTER_${name}`];
  const [pipeline, step, run] = [of('PIPELINE'), of('STEP'), of('RUN')];
  if (!pipeline || !step || !run) return undefined;
  return { pipeline, step, run, generation: Number(of('GENERATION') ?? 1) };
}
