import { type Fault, USUAL_JOB } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Ec2 } from './ec2.ts';

/** What a job is going to do on its instance. */
export interface Job {
  workload: string;
  instance: string;
  ordinal: number;
  /** How long it runs; Infinity when it hangs. */
  milliseconds: number;
  exitCode: number;
}

/** The jobs on the instances: how long they take and how they end, as the scenario says. */
export class Jobs {
  readonly #world: World;
  readonly #ec2: Ec2;
  readonly #counts = new Map<string, number>();

  constructor(world: World, ec2: Ec2) {
    this.#world = world;
    this.#ec2 = ec2;
  }

  /** Begins a job on an instance. */
  begin(instanceId: string): Job {
    const workload = this.#world.workloadOf(instanceId) ?? instanceId;
    const ordinal = (this.#counts.get(workload) ?? 0) + 1;
    this.#counts.set(workload, ordinal);
    const [shortest, longest] = this.#world.scenario.jobs[workload]?.takes ?? USUAL_JOB;
    const takes = Math.round(this.#world.random.between(shortest, longest));
    const fault = this.#world.faults('job').find((candidate) => this.#world.isFor(candidate, workload, ordinal));
    const job = { workload, instance: instanceId, ordinal, ...outcome(fault, takes) };
    this.#world.journal.write({ what: 'job', workload, instance: instanceId, phase: 'started' });
    this.#meddle(job);
    return job;
  }

  end(job: Job, exitCode: number): void {
    this.#world.journal.write({
      what: 'job',
      workload: job.workload,
      instance: job.instance,
      phase: 'ended',
      exitCode,
    });
  }

  /** Somebody does something to the instance while the job runs. */
  #meddle({ workload, ordinal, instance }: Job): void {
    for (const fault of this.#world.faults('instance')) {
      if (fault.at || !this.#world.isFor(fault, workload, ordinal)) continue;
      this.#world.clock.at(this.#world.clock.now + fault.after, () => meddle(this.#world, this.#ec2, fault, instance));
    }
  }
}

/** Does to an instance what somebody by hand would do. */
export function meddle(
  world: World,
  ec2: Ec2,
  { instance: act, as }: { instance: 'terminated' | 'stopped' | 'started'; as?: string },
  instance: string,
): void {
  world.journal.write({ what: 'fault', text: `somebody: ${instance} ${act}${as ? ` as ${as}` : ''}` });
  if (as) ec2.get(instance).type = as;
  if (act === 'terminated') ec2.terminate(instance, 'somebody');
  if (act === 'stopped') ec2.stop(instance, 'somebody');
  if (act === 'started') ec2.start(instance, 'somebody');
}

function outcome(
  fault: Extract<Fault, { job: unknown }> | undefined,
  takes: number,
): { milliseconds: number; exitCode: number } {
  if (fault?.job === 'hangs') return { milliseconds: Number.POSITIVE_INFINITY, exitCode: -1 };
  if (fault?.job === 'fails') return { milliseconds: Math.round(takes / 4), exitCode: fault.exitCode };
  return { milliseconds: takes, exitCode: 0 };
}
