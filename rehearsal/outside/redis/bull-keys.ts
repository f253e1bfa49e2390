import type { Counts } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Collection, Keys, Member, Value } from './keys.ts';

export interface Layout {
  library: 'bull' | 'bullmq';
  prefix: string;
  name: string;
  db: number;
}

/** Both libraries keep a job's number in the last twelve bits of the instant that it is due. */
const SHIFT = 0x1000;
/** When a job that is delayed is due, where nobody looks: later. */
const LATER_MS = 60_000;
const OLDEST = 'oldest';

/**
 * A queue of jobs as Bull and BullMQ keep it in Redis.
 *
 * @source bull 4.16.5 and bullmq 6.7.0, lib/commands: addJob, moveToDelayed, moveToFinished, pause
 */
export class BullKeys implements Keys {
  readonly db: number;
  readonly #layout: Layout;
  readonly #jobs: JobQueue;

  constructor(layout: Layout, jobs: JobQueue) {
    this.#layout = layout;
    this.#jobs = jobs;
    this.db = layout.db;
  }

  at(key: string): Value | undefined {
    const { prefix, name, library } = this.#layout;
    const own = `${prefix}:${name}:`;
    if (!key.startsWith(own)) return undefined;
    const what = key.slice(own.length);
    const counts = this.#jobs.counts();
    const { isPaused } = this.#jobs;
    if (what === 'id') return counts.added > 0 ? { type: 'string', text: String(counts.added) } : undefined;
    if (what === 'meta' && library === 'bullmq')
      return {
        type: 'hash',
        fields: { 'opts.maxLenEvents': '10000', version: 'bullmq:6.7.0', ...(isPaused && { paused: '1' }) },
      };
    if (what === 'meta-paused' && library === 'bull') return isPaused ? { type: 'string', text: '1' } : undefined;
    return this.#collection(what, counts) ?? this.#job(what, counts);
  }

  count(): number {
    const { waiting, active, delayed, due, failed, completed } = this.#jobs.counts();
    return waiting + active + delayed + due + failed + completed + 5;
  }

  #collection(what: string, counts: Counts): Collection | undefined {
    const { at, waiting, active, delayed, due, failed, completed } = counts;
    const waits = this.#jobs.isPaused ? 'paused' : 'wait';
    // Added at the left and taken from the right.
    if (what === waits)
      return held('list', waiting, () => [
        ...numbered('w', waiting - 1, 0),
        ...(waiting > 0 ? [{ id: OLDEST, score: 0 }] : []),
      ]);
    if (what === 'active') return held('list', active, () => numbered('a', active, 0));
    if (what === 'delayed')
      return held('zset', due + delayed, () => [
        ...numbered('d', due, (at - 1) * SHIFT),
        ...numbered('l', delayed, (at + LATER_MS) * SHIFT),
      ]);
    if (what === 'completed')
      return held(
        'zset',
        completed,
        () => numbered('c', completed, at),
        (before, limit) => cleaned(this.#jobs, 'completed', before, limit),
      );
    if (what !== 'failed') return undefined;
    const ofFailed = () => this.#jobs.kept.failed.map(({ id, at: score }) => ({ id: String(id), score }));
    return held('zset', failed, ofFailed, (before, limit) => cleaned(this.#jobs, 'failed', before, limit));
  }

  /** The hash of a job, as far as anybody asks for it. */
  #job(id: string, { at, oldestAt }: Counts): Value | undefined {
    const fields = (timestamp: number) => ({
      name: '__default__',
      data: '{}',
      opts: '{}',
      delay: '0',
      timestamp: String(timestamp),
    });
    if (id === OLDEST) return { type: 'hash', fields: fields(oldestAt ?? at) };
    if (/^[wadlc]\d+$/.test(id)) return { type: 'hash', fields: fields(at) };
    const failed = this.#jobs.kept.failed.find((job) => String(job.id) === id);
    if (!failed) return undefined;
    const ended = {
      failedReason: failed.reason ?? '',
      stacktrace: '[]',
      attemptsMade: '1',
      finishedOn: String(failed.at),
    };
    return { type: 'hash', fields: { ...fields(failed.at), ...ended } };
  }
}

function numbered(letter: string, count: number, score: number): Member[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({ id: `${letter}${index + 1}`, score }));
}

/** The libraries have nothing stand for no limit. */
function cleaned({ kept }: JobQueue, kind: 'completed' | 'failed', before: number, limit: number): number {
  return kept.clean(kind, before, limit > 0 ? limit : Number.POSITIVE_INFINITY).length;
}

/** An empty collection is no key. */
function held(
  type: Collection['type'],
  size: number,
  members: () => Member[],
  clean: Collection['clean'] = () => 0,
): Collection | undefined {
  return size > 0 ? { type, size, members, clean } : undefined;
}
