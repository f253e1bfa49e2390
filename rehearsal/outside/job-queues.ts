import type { QueueWorkload, Redis } from '../../shared/stage/compiled.ts';
import { running } from '../aws/lambda.ts';
import { queueArn } from '../aws/sqs.ts';
import { Random } from '../random.ts';
import type { QueueFault } from '../scenario/queues.ts';
import { ScenarioInvalid } from '../scenario.ts';
import type { World } from '../world.ts';
import { JobQueue } from './jobs/queue.ts';
import { loadOf } from './loads.ts';
import { BullKeys } from './redis/bull-keys.ts';
import type { There } from './redis/connection.ts';
import type { Keys } from './redis/keys.ts';
import type { Reached } from './services.ts';

export interface Rehearsed {
  name: string;
  workload: QueueWorkload;
  jobs: JobQueue;
  /** Jobs that come all at once. */
  bursts: { at: number; jobs: number }[];
}

const ERRORS: Record<string, string> = { refuses: 'ECONNREFUSED' };
/** Bytes; how much of them is used, the load says. */
const MEMORY = 512 * 1024 * 1024;

/** The queues of the stage, as whoever reads them finds them. */
export class JobQueues {
  readonly all: Rehearsed[];
  readonly #world: World;
  readonly #secret: (reference: string) => string | undefined;
  /** What nothing can be reached through. */
  isNetworkDown: () => boolean = () => false;

  /** @param secret what a reference of the stage file leads to */
  constructor(world: World, seed: number, secret: (reference: string) => string | undefined) {
    this.#world = world;
    this.#secret = secret;
    const { queues } = world.stage;
    for (const name of Object.keys(world.scenario.queues))
      if (!queues[name])
        throw new ScenarioInvalid(
          `queues.${name}: the stage has no such queue; it has ${Object.keys(queues).join(', ') || 'none'}`,
        );
    this.all = Object.entries(queues).map(([name, workload], index) => {
      const load = loadOf(world, name, workload);
      const jobs = new JobQueue(world.clock, new Random(seed * 1000 + index), load);
      return { name, workload, jobs, bursts: load.bursts };
    });
  }

  get(name: string): Rehearsed | undefined {
    return this.all.find((one) => one.name === name);
  }

  /** What is at a host and a port, for whoever connects; `encrypted` is by TLS. */
  redisAt(host: string, port: number, encrypted: boolean): There {
    const there = this.all.flatMap((one) => {
      const { source } = one.workload;
      return 'redis' in source && source.redis.host === host && source.redis.port === port ? [{ ...one, source }] : [];
    });
    const [first] = there;
    if (!first) return { error: 'ENOTFOUND' };
    if (this.isNetworkDown()) return { error: 'ENETUNREACH' };
    if (!isReachable(first.workload)) return 'hangs';
    const how = there.map(({ name }) => this.#fault(name)).find((fault) => fault !== undefined);
    if (how !== undefined) this.#noted(first.name, how);
    if (how === 'hangs') return 'hangs';
    const error = ERRORS[String(how)] ?? (first.source.redis.tls === encrypted ? undefined : 'ECONNRESET');
    if (error !== undefined) return { error };
    const all = there.map(({ jobs, source }) => {
      const keys = new BullKeys({ ...source, library: source.kind, db: source.redis.db }, jobs);
      return how === 'wrong-type' ? mistaken(keys) : keys;
    });
    return {
      isMute: how === 'mute',
      server: {
        ...this.#user(first.source.redis, how),
        keys: (db) => together(all.filter((keys) => keys.db === db)),
        memory: () => memoryOf(there.map(({ jobs }) => jobs)),
        isLoading: () => how === 'restarts',
      },
    };
  }

  /** What a queue's own endpoint answers; undefined where the address is none of a queue. */
  endpointAt(url: string, headers: Record<string, string>): (() => Reached) | undefined {
    const found = this.all.find(({ workload: { source } }) => source.kind === 'http' && source.url === url);
    const source = found?.workload.source;
    if (!found || source?.kind !== 'http') return undefined;
    return () => {
      if (!isReachable(found.workload)) return 'hangs';
      const how = this.#fault(found.name);
      if (how !== undefined) this.#noted(found.name, how);
      if (how === 'hangs' || how === 'mute') return 'hangs';
      if (typeof how === 'number') return { status: how, body: '' };
      const error = ERRORS[String(how)];
      if (error !== undefined) return { error };
      const { header } = source;
      const isKnown = !header || headers[header.name.toLowerCase()] === this.#value(header.value);
      if (!isKnown || how === 'wrong-password') return { status: 401, body: 'Unauthorized' };
      if (how === 'wrong-type') return { status: 200, body: '<html></html>' };
      return { status: how === 'restarts' ? 503 : 200, body: how === 'restarts' ? '' : tell(found.jobs) };
    };
  }

  /** The queue of SQS that has an address, or whose dead letters have it. @throws what the scenario has go wrong */
  sqsAt(url: string): { jobs: JobQueue; isDead: boolean; how?: QueueFault['queue'] } | undefined {
    for (const { name, workload, jobs } of this.all) {
      const { source } = workload;
      if (source.kind !== 'sqs') continue;
      const isDead = source.deadLetters !== undefined && queueArn(source.deadLetters) === queueArn(url);
      if (!isDead && queueArn(source.url) !== queueArn(url)) continue;
      const how = this.#fault(name);
      if (how !== undefined) this.#noted(name, how);
      return { jobs, isDead, ...(how !== undefined && { how }) };
    }
    return undefined;
  }

  #fault(name: string): QueueFault['queue'] | undefined {
    return this.#world.faults('queue').find((fault) => (fault.workload ?? name) === name && this.#world.uses(fault))
      ?.queue;
  }

  #noted(name: string, how: QueueFault['queue']): void {
    this.#world.journal.write({ what: 'unreached', place: `queue ${name}`, how: String(how) });
  }

  #user({ username, password }: Redis, how: unknown): { username?: string; password?: string } {
    const known = password === undefined ? undefined : this.#value(password);
    if (known === undefined && how !== 'wrong-password') return {};
    return { ...(username && { username }), password: how === 'wrong-password' ? 'another one' : (known ?? '') };
  }

  #value(text: string): string {
    return text.startsWith('ssm:') ? (this.#secret(text) ?? '') : text;
  }
}

/** Whether the function that asks is where the queue can be reached from: with no NAT gateway there is no way out of a VPC. */
function isReachable({ isPrivate }: QueueWorkload): boolean {
  return (running.getStore()?.isInVpc ?? false) === isPrivate;
}

function memoryOf(queues: JobQueue[]): { used: number; max: number } {
  const known = queues.flatMap(({ kept: { memoryPercent } }) => memoryPercent ?? []);
  if (known.length === 0) return { used: MEMORY / 100, max: 0 };
  return { used: Math.round((Math.max(...known) / 100) * MEMORY), max: MEMORY };
}

function together(all: Keys[]): Keys {
  return {
    at: (key) => all.map((keys) => keys.at(key)).find((value) => value !== undefined),
    count: () => all.reduce((sum, keys) => sum + keys.count(), 0),
  };
}

/** What an application says of its queue. */
function tell(jobs: JobQueue): string {
  const { waiting, active, delayed, due, failed, added, oldestAt, at } = jobs.counts();
  const oldestSeconds = oldestAt === undefined ? 0 : Math.round((at - oldestAt) / 1000);
  return JSON.stringify({ waiting, active, delayed, due, failed, added, oldestSeconds });
}

/** Somebody wrote to the key of another's list. */
function mistaken(keys: BullKeys): BullKeys {
  const at = keys.at.bind(keys);
  return Object.assign(keys, {
    at: (key: string) => (/:wait$/.test(key) ? ({ type: 'string', text: 'oops' } as const) : at(key)),
  });
}
