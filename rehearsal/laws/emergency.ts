import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { batches, environments } from '../../shared/stage/kinds.ts';
import type { Entry, Of } from '../journal.ts';

const MINUTE = 60_000;
/** From the beginning of an emergency stop until everything that the stage names is off. */
const OFF_WITHIN = 10 * MINUTE;
/** And until people know what is not. */
const TOLD_WITHIN = 12 * MINUTE;
/** A stack that CloudFormation is at is let finish, and then it is deleted. Of a step that cannot be ended people are told. */
const OFF = /^(stopping|stopped|told|shutting-down|terminated|absent|\w+_IN_PROGRESS)$/;

/**
 * The second half of law 6: an emergency stop stops everything that the stage names, or people are told what it did not.
 * It begins as its execution does, whoever started it, and its gate is closed as the table has it.
 */
export class EmergencyLaw {
  readonly #names: Map<string, string>;
  readonly #broken: (law: number, at: number, text: string) => void;
  /** The last state of what has changed. */
  readonly #states = new Map<string, string>();
  #begunAt?: number;
  /** What was on when it had to be off. */
  #left: string[] = [];
  #isJudged = false;
  #isTold = false;

  constructor(stage: CompiledStage, broken: (law: number, at: number, text: string) => void) {
    this.#broken = broken;
    this.#names = new Map([
      ...batches(stage).map(([name, { instance }]): [string, string] => [instance.id, name]),
      ...environments(stage).map(([name, { stack }]): [string, string] => [stack.name, name]),
      ...Object.keys(stage.queues ?? {}).map((name): [string, string] => [workersOf(name), name]),
    ]);
  }

  check(entry: Entry): void {
    if (entry.what === 'instance') this.#states.set(entry.id, entry.to);
    if (entry.what === 'stack') this.#states.set(entry.name, entry.to);
    // What works still may end first.
    if (entry.what === 'scaled') this.#states.set(workersOf(entry.queue), entry.to === 0 ? 'stopping' : 'running');
    if (entry.what === 'step') this.#seeStep(entry);
    if (entry.what === 'record') this.#seeLeft(entry);
    if (entry.what === 'execution') this.#begin(entry);
    // A person may have changed their mind.
    if (entry.what === 'person' && entry.act === 'resume') this.#begunAt = undefined;
    if (this.#begunAt === undefined) return;
    if (entry.what === 'notice' && isReport(entry)) this.#isTold = true;
    if (!this.#isJudged && entry.at > this.#begunAt + OFF_WITHIN) {
      this.#isJudged = true;
      this.#left = [...this.#names.keys()].filter((id) => !this.#isOff(id));
    }
    if (this.#left.length > 0 && !this.#isTold && entry.at > this.#begunAt + TOLD_WITHIN) {
      // A stack that has just come up is deleted as soon as that is seen.
      const late = this.#left.filter((id) => /^(i-|workers)/.test(id) || !this.#isOff(id));
      const what = late.map((id) => `${this.#names.get(id)} (${id})`).join(', ');
      this.#left = [];
      if (what) this.#broken(6, entry.at, `${what} was on 10 minutes after the emergency stop, and nobody was told`);
    }
  }

  /** The work of a pipeline's step, whoever does it. */
  #seeStep({ workload, step, phase }: Of<'step'>): void {
    this.#names.set(stepOf(workload, step), workload);
    this.#states.set(stepOf(workload, step), phase === 'started' ? 'running' : 'stopped');
  }

  /** What the record of a run says to go on, its notice says too. */
  #seeLeft({ workload, item }: Of<'record'>): void {
    for (const { name, reason = '' } of (item['ended'] ?? []) as { name: string; reason?: string }[])
      if (/ goes on\b/.test(reason) && !this.#isOff(stepOf(workload, name)))
        this.#states.set(stepOf(workload, name), 'told');
  }

  #isOff(id: string): boolean {
    return OFF.test(this.#states.get(id) ?? 'stopped');
  }

  #begin({ arn, status, at }: Of<'execution'>): void {
    if (status !== 'RUNNING' || !arn.includes('-emergency-stop:') || this.#begunAt !== undefined) return;
    this.#begunAt = at;
    this.#isJudged = false;
    this.#isTold = false;
  }
}

function workersOf(queue: string): string {
  return `workers of ${queue}`;
}

function stepOf(workload: string, step: string): string {
  return `step ${step} of ${workload}`;
}

/** Whether a notice tells that something is not off. */
function isReport({ notice: { cause, severity } }: Of<'notice'>): boolean {
  return cause === 'emergency-left' && severity === 'critical';
}

/** Whether a call has closed the gate for an emergency. */
export function closesGate({ service, operation, input, error }: Of<'call'>): boolean {
  if (service !== 'dynamodb' || operation !== 'PutItem' || error) return false;
  const { Item } = input as { Item: Record<string, { S?: string; BOOL?: boolean } | undefined> };
  return Item['sk']?.S === 'gate' && Item['pk']?.S === 'stage' && Item['emergency']?.BOOL === true;
}
