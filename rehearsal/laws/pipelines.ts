import type { CompiledStage, PipelineWorkload } from '../../shared/stage/compiled.ts';
import { isPipeline, pipelines } from '../../shared/stage/kinds.ts';
import { daySkipped, plannedBetween } from '../../shared/time/planned.ts';
import type { Entry, Of } from '../journal.ts';

const MINUTE = 60_000;
/** Said by a schedule of its own; where that does not work, by the sweeper, which comes every ten minutes. */
const SAID_WITHIN = 12 * MINUTE;
/** A schedule comes within its minute, and what it calls takes a moment. */
const ON_TIME = 2 * MINUTE;
const BAD = new Set(['failed', 'timed-out', 'aborted']);

/** An execution of a run, as its record shows it. */
interface SeenRun {
  workload: string;
  key: string;
  generation: number;
  status: string;
  by: string;
  /** From when on it works, and when it ended; milliseconds since the epoch. */
  begunAt: number;
  endedAt?: number;
  from?: string;
  /** Not while it waits for another. */
  hasBegun: boolean;
}

/**
 * The laws of pipelines: no step before what it needs, none more often than the stage file has it tried, one run at a time;
 * what comes after a pipeline is begun by its success, once, and what is late or slow is said while it is.
 */
export class PipelineLaws {
  readonly #stage: CompiledStage;
  readonly #isHeld: (workload: string, startedAt: number, at: number) => boolean;
  readonly #broken: (law: number, at: number, text: string) => void;
  /** What is going on: `pipeline key generation step`. */
  readonly #going = new Map<string, Of<'step'>>();
  /** How the work of a step ended last: `pipeline key step`. */
  readonly #ended = new Map<string, boolean>();
  /** How often its work was begun: `pipeline key generation step`. */
  readonly #begun = new Map<string, number>();
  /** `pipeline key generation`. */
  readonly #runs = new Map<string, SeenRun>();
  /** When there was first a record of a run: `pipeline key`. */
  readonly #recordedAt = new Map<string, number>();
  readonly #said = new Map<string, number>();
  #since: number | undefined;

  constructor(
    stage: CompiledStage,
    isHeld: (workload: string, startedAt: number, at: number) => boolean,
    broken: (law: number, at: number, text: string) => void,
  ) {
    this.#stage = stage;
    this.#isHeld = isHeld;
    this.#broken = broken;
  }

  /** Whether commands of a pipeline run on a server. */
  isOn(server: string): boolean {
    return pipelines(this.#stage).some(([, { steps }]) =>
      Object.values(steps).some(({ work }) => work.by === 'command' && work.on === server),
    );
  }

  check(entry: Entry): void {
    this.#since ??= entry.at;
    if (entry.what === 'step') this.#checkStep(entry);
    if (entry.what === 'record' && entry.item['kind'] === 'pipeline') this.#see(entry);
    if (entry.what === 'notice') this.#said.set(entry.notice.id, entry.at);
  }

  /** What can only be said at the end. @param now milliseconds since the epoch */
  checkEnd(now: number): void {
    for (const run of this.#runs.values()) {
      this.#checkFollowers(run);
      this.#checkSlow(run, now);
    }
    for (const [name, workload] of pipelines(this.#stage)) this.#checkBegun(name, workload, now);
  }

  #checkStep(entry: Of<'step'>): void {
    const { workload: name, key, step, generation, phase, isWell = false, at } = entry;
    const id = `${name} ${key} ${generation} ${step}`;
    const workload = this.#stage.workloads[name];
    if (phase === 'ended') {
      this.#going.delete(id);
      this.#ended.set(`${name} ${key} ${step}`, isWell);
      return;
    }
    const known = isPipeline(workload) ? workload.steps[step] : undefined;
    if (!known) {
      this.#broken(5, at, `${step} of ${name} was begun, which the stage file does not name`);
      return;
    }
    if (this.#going.has(id)) this.#broken(2, at, `${step} of ${name} ${key} was begun while it was going on`);
    for (const other of this.#going.values())
      if (other.workload === name && (other.key !== key || other.generation !== generation))
        this.#broken(2, at, `${step} of ${name} ${key} was begun while ${other.step} of ${other.key} was going on`);
    const run = this.#runs.get(`${name} ${key} ${generation}`);
    for (const need of run?.from === step ? [] : known.needs)
      if (this.#ended.get(`${name} ${key} ${need}`) !== true || this.#isGoing(name, key, need))
        this.#broken(2, at, `${step} of ${name} ${key} was begun before ${need}, which it needs, had succeeded`);
    const count = (this.#begun.get(id) ?? 0) + 1;
    if (count > known.retry.times + 1)
      this.#broken(2, at, `${step} of ${name} ${key} was begun ${count} times, tried again ${known.retry.times} times`);
    this.#begun.set(id, count);
    this.#going.set(id, entry);
    if (this.#isHeld(name, run?.begunAt ?? at, at)) this.#broken(6, at, `${name} was started while it is paused`);
  }

  #isGoing(name: string, key: string, step: string): boolean {
    return [...this.#going.values()].some(
      (other) => other.workload === name && other.key === key && other.step === step,
    );
  }

  #see({ workload, key, status, item, at }: Of<'record'>): void {
    if (!this.#recordedAt.has(`${workload} ${key}`)) this.#recordedAt.set(`${workload} ${key}`, at);
    const generation = Number(item['generation'] ?? 1);
    const { from } = (item['again'] ?? {}) as { from?: string };
    const known = this.#runs.get(`${workload} ${key} ${generation}`);
    const endedAt = status === 'running' ? undefined : (known?.endedAt ?? at);
    this.#runs.set(`${workload} ${key} ${generation}`, {
      ...{ workload, key, generation, status, by: String(item['by']) },
      begunAt: Date.parse(String(item['startedAt'] ?? item['admittedAt'])),
      hasBegun: item['startedAt'] !== undefined,
      ...(endedAt !== undefined && { endedAt }),
      ...(from !== undefined && { from }),
    });
  }

  /** What comes after a pipeline is begun by its success, and recorded as left out where it had none. */
  #checkFollowers({ workload, key, generation, status, endedAt = 0 }: SeenRun): void {
    if (status !== 'succeeded' && !BAD.has(status)) return;
    const later = [...this.#runs.values()].some(
      (run) => run.workload === workload && run.key === key && run.generation > generation,
    );
    for (const [name, { after }] of pipelines(this.#stage)) {
      if (after !== workload) continue;
      const runs = [...this.#runs.values()].filter((run) => run.workload === name && run.key === key);
      const isFollowed = runs.some(
        (run) => run.by === workload && (run.begunAt >= endedAt || run.status === 'skipped'),
      );
      const isSaid =
        runs.length > 0 && [...this.#said].some(([id, at]) => at >= endedAt && id.startsWith(`${name} ${key} `));
      if (runs.length === 0 || (status === 'succeeded' && !isFollowed && !isSaid))
        this.#broken(3, endedAt, `nothing became of ${name} ${key}, which comes after ${workload}`);
      const begun = runs.filter((run) => run.by === workload && run.status !== 'skipped' && run.begunAt >= endedAt);
      if (status !== 'succeeded' && !later && begun.length > 0)
        this.#broken(2, endedAt, `${name} ${key} was begun although ${workload} ended ${status}`);
    }
    const successes = this.#count(workload, key, (run) => run.status === 'succeeded');
    for (const [name, { after }] of pipelines(this.#stage))
      if (after === workload && this.#count(name, key, (run) => run.by === workload && run.generation > 0) > successes)
        this.#broken(2, endedAt, `${name} ${key} was begun more often by ${workload} than that succeeded`);
  }

  #count(workload: string, key: string, is: (run: SeenRun) => boolean): number {
    return [...this.#runs.values()].filter((run) => run.workload === workload && run.key === key && is(run)).length;
  }

  /** A run that takes longer than it should is said to while it goes on. */
  #checkSlow({ workload: name, key, generation, status, begunAt, endedAt, hasBegun }: SeenRun, now: number): void {
    const workload = this.#stage.workloads[name];
    const seconds = isPipeline(workload) ? workload.duration.warnSeconds : undefined;
    if (seconds === undefined || status === 'skipped' || !hasBegun) return;
    const due = begunAt + seconds * 1000 + SAID_WITHIN;
    if ((endedAt ?? now) <= due) return;
    const at = this.#said.get(`${name} ${key} slow${generation > 1 ? ` ${generation}` : ''}`);
    if (at === undefined || at > due)
      this.#broken(3, due, `${name} ${key} took long, and nobody was told while it did`);
  }

  /** A run that has not begun is said not to have, soon after its time. */
  #checkBegun(name: string, workload: PipelineWorkload, now: number): void {
    const { calendar } = this.#stage;
    const patience = workload.begunWithinSeconds * 1000 + SAID_WITHIN;
    for (const { key, at } of plannedBetween(workload, calendar, this.#since ?? now, now - patience)) {
      if (daySkipped(workload, 'run', key, calendar)) continue;
      const recordedAt = this.#recordedAt.get(`${name} ${key}`) ?? Number.POSITIVE_INFINITY;
      const saidAt = this.#said.get(`${name} ${key} not-begun`) ?? Number.POSITIVE_INFINITY;
      if (recordedAt > at + workload.begunWithinSeconds * 1000 + ON_TIME && saidAt > at + patience)
        this.#broken(3, at + patience, `${name} ${key} had not begun, and nobody was told`);
    }
  }
}
