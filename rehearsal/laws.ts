import type { BatchWorkload, CompiledStage } from '../shared/stage/compiled.ts';
import { batches } from '../shared/stage/kinds.ts';
import type { Entry, Journal, Of } from './journal.ts';
import { closedForBudget } from './laws/budget-gate.ts';
import { Duties } from './laws/duties.ts';
import { closesGate, EmergencyLaw } from './laws/emergency.ts';
import { EnvironmentLaws } from './laws/environment.ts';
import { Held } from './laws/held.ts';
import { NoticeLaws } from './laws/notices.ts';
import { PipelineLaws } from './laws/pipelines.ts';
import { QueueLaws, type SeenWorkers } from './laws/queues.ts';
import { isRoutine as isRoutineRecovery, RecoveryLaw } from './laws/recovery.ts';
import { WatchLaw } from './laws/watch.ts';

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
/** A stack of the stage file may be deleted: the laws of environments say when. */
const DESTRUCTIVE = /^(Terminate|Delete(?!Item$|Schedule$|Message|Stack$))/;
const TOUCHES = new Set(['StartInstances', 'StopInstances', 'RebootInstances', 'SendCommand']);
const STARTS = new Set(['StartInstances', 'CreateStack', 'UpdateStack']);
/** Endings that nobody has to be told of, by their reasons. */
const ROUTINE: Record<string, RegExp> = {
  skipped: /^(closed|not a working day|skipped|paused|the stage is paused|kept|within its hours|already gone)\b/,
  succeeded: /^already gone$/,
};
const SAID = new Set(['log', 'notice', 'record', 'message', 'delivered']);
const ENDINGS = new Set(['succeeded', 'failed', 'timed-out', 'skipped', 'aborted']);

/**
 * The laws of the design, checked after every event. They look at what reached AWS and people, never at what the
 * code believes.
 */
export class Laws {
  readonly violations: Violation[] = [];
  readonly #journal: Journal;
  readonly #stage: CompiledStage;
  readonly #secrets: () => string[];
  readonly #duties = new Duties();
  readonly #held: Held;
  readonly #environments: EnvironmentLaws;
  readonly #notices: NoticeLaws;
  readonly #emergency: EmergencyLaw;
  readonly #watch: WatchLaw;
  readonly #recovery: RecoveryLaw;
  readonly #queues: QueueLaws;
  readonly #pipelines: PipelineLaws;
  readonly #jobs = new Map<string, number>();
  readonly #endings = new Map<string, string>();
  /** When each execution began. */
  readonly #startedAt = new Map<string, number>();
  #isChecking = false;

  constructor(journal: Journal, stage: CompiledStage, secrets: () => string[], workers: SeenWorkers[] = []) {
    this.#journal = journal;
    this.#stage = stage;
    this.#secrets = secrets;
    this.#held = new Held(stage.timezone);
    this.#environments = new EnvironmentLaws(stage, this.#duties, (...broken) => this.#broken(...broken));
    this.#notices = new NoticeLaws(stage, (...broken) => this.#broken(...broken));
    this.#emergency = new EmergencyLaw(stage, (...broken) => this.#broken(...broken));
    this.#watch = new WatchLaw(stage, (...broken) => this.#broken(...broken));
    const isHeld = (workload: string, at: number) => this.#held.isBroken(workload, at, at);
    const isHeldSince = (...when: [string, number, number]) => this.#held.isBroken(...when);
    this.#queues = new QueueLaws(stage, workers, isHeldSince, (...broken) => this.#broken(...broken));
    this.#recovery = new RecoveryLaw(stage, isHeld, (...broken) => this.#broken(...broken));
    this.#pipelines = new PipelineLaws(stage, isHeldSince, (...broken) => this.#broken(...broken));
    journal.onEntry((entry) => this.#check(entry));
  }

  /** When something was published last, in milliseconds since the epoch. */
  get lastNoticeAt(): number {
    return this.#notices.lastAt;
  }

  /**
   * What can only be said at the end: each delivered start has one ending, it was said, and people have seen it.
   *
   * @param isOut whether a channel is out of order
   */
  checkEnd(isOut?: (channel: string) => boolean): void {
    this.#notices.checkEnd(Date.now(), isOut);
    this.#pipelines.checkEnd(Date.now());
    for (const { item, at } of this.#journal.of('record'))
      this.#endings.has(idOf(item)) || this.#broken(3, at, `the run ${item['workload']} ${item['key']} has no ending`);
    const said = new Set(this.#journal.of('notice').map(({ notice }) => notice.id));
    const seen = new Set<string>();
    for (const { workload, key, status, item, at } of this.#journal.of('record')) {
      if (!ENDINGS.has(status) || seen.has(idOf(item))) continue;
      seen.add(idOf(item));
      const isRoutine =
        item['kind'] === 'service'
          ? isRoutineRecovery(status, item)
          : (ROUTINE[status]?.test(String(item['reason'])) ?? false);
      const again = Number(item['generation'] ?? 1) > 1 ? ` ${item['generation']}` : '';
      if (!isRoutine && !said.has(`${workload} ${key} ${status}${again}`))
        this.#broken(3, at, `${workload} ${key} ${status} was never said`);
    }
  }

  #check(entry: Entry): void {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      for (const text of this.#duties.overdue(entry.at)) this.#broken(1, entry.at, text);
      this.#environments.check(entry);
      this.#notices.check(entry);
      this.#emergency.check(entry);
      this.#watch.check(entry);
      this.#recovery.check(entry);
      this.#queues.check(entry);
      this.#pipelines.check(entry);
      if (entry.what === 'call' && closesGate(entry)) this.#held.close(entry.at);
      const spent = entry.what === 'call' ? closedForBudget(entry) : undefined;
      if (spent) this.#held.spend(spent.workload, entry.at, spent.until);
      if (entry.what === 'denied') this.#broken(5, entry.at, `IAM: ${entry.text}`);
      if (entry.what === 'call') this.#checkCall(entry);
      if (entry.what === 'instance') this.#checkInstance(entry);
      if (entry.what === 'job') this.#checkJob(entry);
      if (entry.what === 'record') this.#checkRecord(entry);
      if (entry.what === 'notice' && entry.notice.severity === 'critical')
        this.#duties.told(entry.notice.workload, entry.at);
      if (entry.what === 'person') this.#held.hear(entry);
      if (entry.what === 'execution' && entry.status === 'RUNNING') this.#startedAt.set(entry.arn, entry.at);
      if (SAID.has(entry.what)) this.#checkSecrets(entry);
    } finally {
      this.#isChecking = false;
    }
  }

  #checkInstance({ id, to, why, at }: Of<'instance'>): void {
    if (to === 'stopping' || to === 'stopped' || to === 'shutting-down' || to === 'terminated') this.#duties.done(id);
    const [name, workload] = this.#batchOf(id) ?? [];
    if (to !== 'pending' || why === 'somebody' || !name || !workload) return;
    this.#duties.set(id, { workload: name, until: at + workload.deadlineSeconds * 1000 + STOP_TOLERANCE });
  }

  /** Laws 4, 5 and 6: nothing destroyed, nothing foreign touched, nothing started while paused. */
  #checkCall({ service, operation, input, caller, at, error, execution }: Of<'call'>): void {
    if (DESTRUCTIVE.test(operation)) this.#broken(4, at, `${caller} called ${service}.${operation}`);
    const { InstanceIds = [], StackName } = input as { InstanceIds?: string[]; StackName?: string };
    if (TOUCHES.has(operation))
      for (const id of InstanceIds)
        if (!this.#batchOf(id) && !this.#isRecovered(id) && !this.#pipelines.isOn(id))
          this.#broken(5, at, `${caller} called ${operation} on ${id}, which the stage file does not name`);
    if (!STARTS.has(operation) || error) return;
    const started = execution ? (this.#startedAt.get(execution) ?? at) : at;
    const workloads = [
      ...InstanceIds.map((id) => this.#batchOf(id)?.[0]),
      StackName && this.#environments.workloadOf(StackName),
    ];
    for (const workload of workloads)
      if (workload && this.#held.isBroken(workload, started, at))
        this.#broken(6, at, `${workload} was started while it is paused`);
  }

  /** Law 2: one job of a workload at a time. */
  #checkJob({ workload, phase, at }: Of<'job'>): void {
    const count = (this.#jobs.get(workload) ?? 0) + (phase === 'started' ? 1 : -1);
    this.#jobs.set(workload, count);
    if (count > 1) this.#broken(2, at, `${count} jobs of ${workload} run at the same time`);
  }

  /** Law 3, and the second half of law 2: a (workload, time) ends once. */
  #checkRecord({ status, item, at }: Of<'record'>): void {
    // A run of a pipeline ends once in each of its executions: PipelineLaws says when another may be begun.
    const id = idOf(item);
    const before = this.#endings.get(id);
    if (before && before !== status) this.#broken(3, at, `${id} ended ${before} and then became ${status}`);
    if (ENDINGS.has(status)) this.#endings.set(id, status);
  }

  /** Law 9: no secret in a log, in a record, or in anything that is published or shown. */
  #checkSecrets(entry: Entry): void {
    const text = JSON.stringify(entry);
    for (const secret of this.#secrets())
      if (text.includes(secret)) this.#broken(9, entry.at, `a ${entry.what} carries a secret`);
  }

  #batchOf(instanceId: string): [string, BatchWorkload] | undefined {
    return batches(this.#stage).find(([, { instance }]) => instance.id === instanceId);
  }

  #isRecovered(instanceId: string): boolean {
    return Object.values(this.#stage.services).some(
      ({ target, recover }) => recover && target && 'ec2' in target && target.ec2 === instanceId,
    );
  }

  #broken(law: number, at: number, text: string): void {
    this.violations.push({ law, at, text, history: this.#journal.entries.slice(-25).map(line) });
  }
}

/** A run; of a pipeline an execution of it. */
function idOf({ kind, workload, key, generation = '' }: Record<string, unknown>): string {
  return kind === 'pipeline' ? `${workload} ${key} ${generation}` : `${workload} ${key}`;
}

/** An entry of the history as one line. */
export function line(entry: Entry): string {
  const { at, what, ...rest } = entry;
  return `${new Date(at).toISOString().slice(0, 19)}Z ${what} ${JSON.stringify(rest).slice(0, 220)}`;
}
