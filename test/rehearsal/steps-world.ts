import { VirtualClock } from '../../rehearsal/clock.ts';
import { type OfStep, PipelineSteps } from '../../rehearsal/outside/steps.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import type { CompiledStage, PipelineStep, StepWork } from '../../shared/stage/compiled.ts';

const step = (work: Partial<StepWork>, expect: PipelineStep['expect'] = {}) => ({
  ...{ needs: [], retry: { times: 2, waitSeconds: 1, backoff: 1 }, deadlineSeconds: 600, expect, work },
});
const airflow = { by: 'airflow' as const, dag: 'daily dag', conf: {}, secret: 'ssm:/secret' };

/** A stage with one pipeline, that has a step of every sort. */
const STAGE = {
  ...{ stage: 'test', region: 'eu-central-1', timezone: 'UTC', notify: { channels: {}, routes: [] }, services: {} },
  workloads: {
    daily: {
      kind: 'pipeline',
      steps: {
        pull: step(
          { by: 'command', on: 'mi-1' },
          { pulled: { atLeast: 10 }, share: { of: 'all', atLeast: 95 }, most: { atMost: 3 } },
        ),
        report: step({ by: 'task', cluster: 'app', definition: 'reports' }),
        mail: step({ by: 'function', name: 'send-report' }),
        refresh: step({ by: 'http', url: 'https://api.example/refresh', status: 202 }, { rows: { failBelow: 7 } }),
        ping: step({ by: 'http', url: 'https://api.example/ping' }),
        old: step({ ...airflow, api: 1, url: 'https://old.example/', username: 'bot' }),
        new: step({ ...airflow, api: 2, url: 'https://new.example', username: 'bot' }),
        token: step({ ...airflow, api: 2, url: 'https://token.example' }),
      },
    },
  },
} as unknown as CompiledStage;

export const KEY = '2026-11-02T16:30';

/** What one step of a run is told that it is. */
export function ofStep(name: string, run = KEY): OfStep {
  return { pipeline: 'daily', step: name, run, generation: 1 };
}

/** The steps of a pipeline, alone in their world, with a clock that goes only when it is told to. */
export class StepsWorld {
  readonly clock = new VirtualClock(Date.parse(`${KEY}:00Z`));
  readonly begunAt = this.clock.now;
  readonly world: World;
  readonly steps: PipelineSteps;

  constructor(scenario: object = {}) {
    this.world = new World(this.clock, new Random(1), parseScenario(scenario), STAGE);
    this.steps = new PipelineSteps(this.world);
  }

  /** Lets time pass, in seconds. */
  async pass(seconds: number): Promise<void> {
    const end = this.clock.now + seconds * 1000;
    this.clock.at(end, () => undefined);
    await this.clock.runUntil(end);
  }

  /** How it was with the work of steps, as `step attempt begun|well|badly`. */
  history(): string[] {
    return this.world.journal
      .of('step')
      .map(({ step: name, attempt, phase, isWell }) =>
        [name, attempt, phase === 'started' ? 'begun' : isWell ? 'well' : 'badly'].join(' '),
      );
  }

  end(): void {
    this.clock.uninstall();
  }
}
