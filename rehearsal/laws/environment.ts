import type { CompiledStage, EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { environments } from '../../shared/stage/kinds.ts';
import type { Entry, Of } from '../journal.ts';
import { dueAt, endOfHours } from './due.ts';
import type { Duties } from './duties.ts';

const MINUTE = 60_000;
/** From the end of the longest deletion until the stack must be gone. */
const TOLERANCE = 30 * MINUTE;
const CHANGES = /^(Create|Update|Delete)Stack$/;
/** Whose stacks are not ours to stop. */
const OTHERS = /^(beforehand|somebody|a person)$/;

/** What the laws say of environments. */
export class EnvironmentLaws {
  readonly #stage: CompiledStage;
  readonly #duties: Duties;
  readonly #broken: (law: number, at: number, text: string) => void;
  /** When our machine created it. */
  readonly #created = new Map<string, number>();
  /** Until when people keep it; '' is the stage. */
  readonly #kept = new Map<string, number>();
  /** The execution that is at work on the stack of a workload. */
  readonly #atWork = new Map<string, string>();
  readonly #ended = new Set<string>();

  constructor(stage: CompiledStage, duties: Duties, broken: (law: number, at: number, text: string) => void) {
    this.#stage = stage;
    this.#duties = duties;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    if (entry.what === 'stack') this.#checkStack(entry);
    if (entry.what === 'data') this.#checkData(entry);
    if (entry.what === 'call' && CHANGES.test(entry.operation)) this.#checkCall(entry);
    if (entry.what === 'person') this.#hear(entry);
    if (entry.what === 'execution' && entry.status !== 'RUNNING') this.#ended.add(entry.arn);
  }

  /** The workload whose stack this is, by the stack's name or ARN. */
  workloadOf(stackName: string): string | undefined {
    const name = stackName.startsWith('arn:') ? stackName.split('/')[1] : stackName;
    return environments(this.#stage).find(([, { stack }]) => stack.name === name)?.[0];
  }

  #checkStack({ name, from, to, why, at }: Of<'stack'>): void {
    const workload = this.workloadOf(name);
    if (workload === undefined) return;
    // A deletion is the only change that CloudFormation lets overtake another one.
    if (/^(CREATE|ROLLBACK)_IN_PROGRESS$/.test(from) && to === 'DELETE_IN_PROGRESS')
      this.#broken(2, at, `${name} was deleted by ${why} while it was ${from}`);
    if (to === 'absent') {
      this.#created.delete(workload);
      this.#duties.done(name);
    }
    if (to !== 'CREATE_IN_PROGRESS' || OTHERS.test(why)) return;
    this.#created.set(workload, at);
    this.#oblige(workload, at);
  }

  /** Law 1: gone by the end of its hours, or when nobody keeps it any more, and the time that deleting it takes. */
  #oblige(name: string, now: number): void {
    const [environment, createdAt] = [this.#environment(name), this.#created.get(name)];
    if (!environment || createdAt === undefined) return;
    const { calendar } = this.#stage;
    const due = dueAt(environment, calendar, createdAt);
    const free = Math.max(now, this.#kept.get(name) ?? 0, this.#kept.get('') ?? 0);
    // Kept until some time within its hours, it is left to the stop after them.
    const stop = free <= due ? due : (endOfHours(environment, calendar, free) ?? free);
    const until = stop + environment.deadlineSeconds * 1000 + TOLERANCE;
    this.#duties.set(environment.stack.name, { workload: name, until });
  }

  /** A keep begins or ends. */
  #hear({ act, workload = '', until, at }: Of<'person'>): void {
    if (until !== undefined && (act === 'keep' || act === 'start')) this.#kept.set(workload, until);
    else if (act === 'resume' || act === 'stop') this.#kept.delete(workload);
    else return;
    for (const name of this.#created.keys()) if (!workload || workload === name) this.#oblige(name, at);
  }

  /** Law 4: no data is lost that nobody gave up. */
  #checkData({ resource, stack, at }: Of<'data'>): void {
    const workload = this.workloadOf(stack);
    const given = (workload && this.#environment(workload)?.dataLoss) || [];
    if (!given.includes(resource)) this.#broken(4, at, `the data of ${resource} in ${stack} is lost`);
  }

  /** Laws 2, 4 and 5: one run at a time, and only on the stacks that the stage file names. */
  #checkCall({ operation, input, caller, at, error, execution }: Of<'call'>): void {
    const { StackName: stack = '' } = input as { StackName?: string };
    const workload = this.workloadOf(stack);
    if (workload === undefined) {
      if (operation === 'DeleteStack') this.#broken(4, at, `${caller} called DeleteStack on ${stack}`);
      this.#broken(5, at, `${caller} called ${operation} on ${stack}, which the stage file does not name`);
      return;
    }
    if (error || !execution) return;
    const other = this.#atWork.get(workload);
    if (other && other !== execution && !this.#ended.has(other))
      this.#broken(2, at, `${caller} called ${operation} while ${other} is at work on ${workload}`);
    this.#atWork.set(workload, execution);
  }

  #environment(name: string): EnvironmentWorkload | undefined {
    return environments(this.#stage).find(([of]) => of === name)?.[1];
  }
}
