import type { CompiledStage } from '../shared/stage/compiled.ts';
import type { Entry, Journal, Of } from './journal.ts';

/** A law that did not hold, with the history that led there. */
export interface Violation {
  law: number;
  at: number;
  text: string;
  history: string[];
}

const MINUTE = 60_000;
/** From a run's deadline until its instance must be off: the safety stop's margin, and EC2's own time to stop. */
const STOP_TOLERANCE = 10 * MINUTE;
/** How often people must be told again of an instance that stays on. */
const REMINDER = 75 * MINUTE;
const DESTRUCTIVE = /^(Terminate|Delete(?!Item$|Schedule$|Message))/;
const TOUCHES = new Set(['StartInstances', 'StopInstances', 'RebootInstances', 'SendCommand']);
const ROUTINE = /^(closed|not a working day|skipped|paused|the stage is paused)\b/;
const ENDINGS = new Set(['succeeded', 'failed', 'timed-out', 'skipped', 'aborted']);

interface Duty {
  workload: string;
  instance: string;
  until: number;
}

/**
 * The laws of the design, checked after every event. They look at what reached AWS and people, never at what the
 * code believes.
 */
export class Laws {
  readonly violations: Violation[] = [];
  readonly #journal: Journal;
  readonly #stage: CompiledStage;
  readonly #secrets: () => string[];
  readonly #duties = new Map<string, Duty>();
  readonly #jobs = new Map<string, number>();
  readonly #endings = new Map<string, string>();
  readonly #toldAt = new Map<string, number>();
  readonly #pausedAt = new Map<string, number>();
  readonly #startedAt = new Map<string, number>();
  #isChecking = false;

  constructor(journal: Journal, stage: CompiledStage, secrets: () => string[]) {
    this.#journal = journal;
    this.#stage = stage;
    this.#secrets = secrets;
    journal.onEntry((entry) => this.#check(entry));
  }

  /** What can only be said at the end: each delivered start has one ending, and it was said. */
  checkEnd(): void {
    for (const { item, at } of this.#journal.of('record'))
      this.#endings.has(`${item['workload']} ${item['key']}`) ||
        this.#broken(3, at, `the run ${item['workload']} ${item['key']} has no ending`);
    const said = new Set(this.#journal.of('notice').map(({ notice }) => notice.id));
    const seen = new Set<string>();
    for (const { workload, key, status, item, at } of this.#journal.of('record')) {
      if (!ENDINGS.has(status) || seen.has(`${workload} ${key}`)) continue;
      seen.add(`${workload} ${key}`);
      const isRoutine = status === 'skipped' && ROUTINE.test(String(item['reason']));
      if (!isRoutine && !said.has(`${workload} ${key} ${status}`))
        this.#broken(3, at, `${workload} ${key} ${status} was never said`);
    }
  }

  #check(entry: Entry): void {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      this.#checkDuties(entry.at);
      if (entry.what === 'denied') this.#broken(5, entry.at, `IAM: ${entry.text}`);
      if (entry.what === 'call') this.#checkCall(entry);
      if (entry.what === 'instance') this.#checkInstance(entry);
      if (entry.what === 'job') this.#checkJob(entry);
      if (entry.what === 'record') this.#checkRecord(entry);
      if (entry.what === 'notice') this.#toldAt.set(`${entry.notice.workload} ${entry.notice.severity}`, entry.at);
      if (entry.what === 'person') this.#hear(entry);
      if (entry.what === 'execution' && entry.status === 'RUNNING') this.#startedAt.set(entry.arn, entry.at);
      if (['log', 'notice', 'record'].includes(entry.what)) this.#checkSecrets(entry);
    } finally {
      this.#isChecking = false;
    }
  }

  /** Law 1: what a run started is off by its deadline, or people are told, loudly and again. */
  #checkDuties(now: number): void {
    for (const [instance, duty] of this.#duties) {
      if (now <= duty.until) continue;
      const told = this.#toldAt.get(`${duty.workload} critical`) ?? 0;
      if (now - told <= REMINDER) continue;
      this.#duties.delete(instance);
      this.#broken(
        1,
        now,
        `${instance}, started by ${duty.workload}, is on after its deadline and nobody was told within ${REMINDER / MINUTE} minutes`,
      );
    }
  }

  #checkInstance({ id, to, why, at }: Of<'instance'>): void {
    if (to === 'stopping' || to === 'stopped' || to === 'shutting-down' || to === 'terminated') this.#duties.delete(id);
    const name = Object.entries(this.#stage.workloads).find(([, { instance }]) => instance.id === id)?.[0];
    const workload = name && this.#stage.workloads[name];
    if (to !== 'pending' || why === 'somebody' || !name || !workload) return;
    this.#duties.set(id, {
      workload: name,
      instance: id,
      until: at + workload.deadlineSeconds * 1000 + STOP_TOLERANCE,
    });
  }

  /** Laws 4, 5 and 6: nothing destroyed, nothing foreign touched, nothing started while paused. */
  #checkCall({ service, operation, input, caller, at, error }: Of<'call'>): void {
    if (DESTRUCTIVE.test(operation)) this.#broken(4, at, `${caller} called ${service}.${operation}`);
    if (!TOUCHES.has(operation)) return;
    const known = new Set(Object.values(this.#stage.workloads).map(({ instance }) => instance.id));
    for (const id of (input as { InstanceIds?: string[] }).InstanceIds ?? [])
      if (!known.has(id))
        this.#broken(5, at, `${caller} called ${operation} on ${id}, which the stage file does not name`);
    if (operation !== 'StartInstances' || error) return;
    for (const id of (input as { InstanceIds?: string[] }).InstanceIds ?? []) this.#checkPaused(id, at);
  }

  #checkPaused(id: string, at: number): void {
    const workload = Object.entries(this.#stage.workloads).find(([, { instance }]) => instance.id === id)?.[0] ?? '';
    const since = Math.min(
      this.#pausedAt.get(workload) ?? Number.POSITIVE_INFINITY,
      this.#pausedAt.get('') ?? Number.POSITIVE_INFINITY,
    );
    // A run that was admitted before the pause may go on: pausing stops starts, not runs.
    const admitted = Math.max(0, ...[...this.#startedAt.values()].filter((started) => started <= at));
    if (admitted > since) this.#broken(6, at, `${workload} was started while it is paused`);
  }

  /** Law 2: one job of a workload at a time. */
  #checkJob({ workload, phase, at }: Of<'job'>): void {
    const count = (this.#jobs.get(workload) ?? 0) + (phase === 'started' ? 1 : -1);
    this.#jobs.set(workload, count);
    if (count > 1) this.#broken(2, at, `${count} jobs of ${workload} run at the same time`);
  }

  /** Law 3, and the second half of law 2: a (workload, time) ends once. */
  #checkRecord({ workload, key, status, at }: Of<'record'>): void {
    const id = `${workload} ${key}`;
    const before = this.#endings.get(id);
    if (before && before !== status) this.#broken(3, at, `${id} ended ${before} and then became ${status}`);
    if (ENDINGS.has(status)) this.#endings.set(id, status);
  }

  #hear({ act, workload = '', at }: Of<'person'>): void {
    if (act === 'resume') this.#pausedAt.delete(workload);
    else if (act === 'pause') this.#pausedAt.set(workload, at);
  }

  /** Law 9: no secret in a log, a notice or a record. */
  #checkSecrets(entry: Entry): void {
    const text = JSON.stringify(entry);
    for (const secret of this.#secrets())
      if (text.includes(secret)) this.#broken(9, entry.at, `a ${entry.what} carries a secret`);
  }

  #broken(law: number, at: number, text: string): void {
    this.violations.push({ law, at, text, history: this.#journal.entries.slice(-25).map(line) });
  }
}

/** An entry of the history as one line. */
export function line(entry: Entry): string {
  const { at, what, ...rest } = entry;
  return `${new Date(at).toISOString().slice(0, 19)}Z ${what} ${JSON.stringify(rest).slice(0, 220)}`;
}
