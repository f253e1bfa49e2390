import { Redis } from 'ioredis';
import type { RedisSource } from '../source.ts';

/** An end of the connection that the other side does not confirm is not waited for. */
const GOODBYE_MS = 100;

/**
 * Connects to Redis, does something there and closes the connection, whatever happens. Nothing is tried twice: in a
 * minute the queue is read again.
 *
 * @param signal ends it, whatever it is at
 */
export async function withRedis<Result>(
  { host, port, db, username, password, tls, ca }: RedisSource['redis'],
  signal: AbortSignal,
  use: (redis: Redis) => Promise<Result>,
): Promise<Result> {
  const redis = new Redis({
    ...{ host, port, db, username, password, tls: tls ? { ca } : undefined },
    ...{ lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: null, disconnectTimeout: GOODBYE_MS },
    // Neither asks anything that the reading does not: a server that is loading says so to every command.
    ...{ enableReadyCheck: false, disableClientInfo: true },
  });
  // What was refused while connecting: a database that is not there would leave us reading another one.
  const refusals: unknown[] = [];
  redis.on('error', (error) => refusals.push(error));
  const abort = () => redis.disconnect();
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await redis.connect();
    const result = await use(redis);
    if (refusals.length > 0) throw refusals[0];
    return result;
  } catch (error) {
    throw refusals[0] ?? error;
  } finally {
    signal.removeEventListener('abort', abort);
    await closed(redis);
  }
}

async function closed(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const end = new Promise((resolve) => redis.once('end', resolve));
  redis.disconnect();
  await end;
}

/** A command and its arguments. */
export type Command = [name: string, ...parts: (string | number)[]];

/** Carries out commands as one transaction: what they say is of one moment. @throws what any of them met */
export async function transact<Name extends string>(
  redis: Redis,
  commands: Record<Name, Command>,
): Promise<Record<Name, unknown>> {
  const answers = await redis.multi(Object.values<Command>(commands)).exec();
  return named(Object.keys(commands) as Name[], answers);
}

/** Carries out commands in one go. @throws what any of them met */
export async function inOneGo(redis: Redis, commands: Command[]): Promise<unknown[]> {
  if (commands.length === 0) return [];
  const answers = (await redis.pipeline(commands).exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

function named<Name extends string>(
  names: Name[],
  answers: [error: Error | null, result: unknown][] | null,
): Record<Name, unknown> {
  const found = names.map((name, index) => {
    const [error, answer] = answers?.[index] ?? [new Error('Connection is closed.')];
    if (error) throw error;
    return [name, answer] as const;
  });
  return Object.fromEntries(found) as Record<Name, unknown>;
}

/** How much of its memory Redis has used, in percent; undefined where it has no limit. */
export async function memoryPercent(redis: Redis): Promise<number | undefined> {
  const info = await redis.info('memory').catch((error: Error) => {
    // A user that may not ask this may still count jobs.
    if (error.message.startsWith('NOPERM')) return '';
    throw error;
  });
  const [used, most] = ['used_memory', 'maxmemory'].map((name) =>
    Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]),
  );
  if (!used || !most) return undefined;
  return Math.round((1000 * used) / most) / 10;
}
