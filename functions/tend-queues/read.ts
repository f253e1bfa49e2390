import { invoke } from '../../shared/aws/functions.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { env } from '../../shared/env.ts';
import { asError } from '../../shared/errors.ts';
import type { SeenQueue } from '../../shared/queues/judge.ts';
import { type ResolvedSource, resolveSource } from '../../shared/queues/source.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import type { QueueMemory } from '../../shared/state/queues.ts';
import { output } from '../publish-queue-metrics/contract.ts';

export const real = { invoke, secret };

type Effects = typeof real;

/** What was read of a queue, and where it is, with its secrets: in memory only. */
export interface ReadQueue {
  read: SeenQueue['read'];
  source?: ResolvedSource;
}

/**
 * Has all queues read: those that only the network reaches, from inside of it. What cannot be read is said to be
 * unreadable, and hinders no other.
 */
export async function readAll(
  queues: Record<string, QueueWorkload>,
  before: Record<string, QueueMemory>,
  effects: Effects,
): Promise<Record<string, ReadQueue>> {
  const groups = Object.groupBy(Object.entries(queues), ([, { isPrivate }]) => (isPrivate ? 'inside' : 'outside'));
  const read = await Promise.all([
    readGroup('PUBLISH_FUNCTION', groups.outside ?? [], before, effects),
    readGroup('PUBLISH_PRIVATE_FUNCTION', groups.inside ?? [], before, effects),
  ]);
  return Object.fromEntries(read.flat());
}

async function readGroup(
  publisher: string,
  group: [string, QueueWorkload][],
  before: Record<string, QueueMemory>,
  effects: Effects,
): Promise<[string, ReadQueue][]> {
  const sources = await Promise.all(group.map(([name, { source }]) => resolved(name, source, effects)));
  const known = sources.filter((one) => one.source !== undefined);
  const asked = known.map(({ name, source }) => {
    const mark = before[name]?.mark;
    return { name, source, ...(mark && { mark }) };
  });
  const answers = asked.length > 0 ? await ask(publisher, asked, effects) : () => UNANSWERED;
  return sources.map(({ name, source, why }) => [
    name,
    { read: why === undefined ? answers(name) : { unreadable: why }, ...(source && { source }) },
  ]);
}

const UNANSWERED = { unreadable: 'not asked in time' };

async function ask(
  publisher: string,
  queues: object[],
  { invoke }: Effects,
): Promise<(name: string) => SeenQueue['read']> {
  try {
    const answer = output.parse(await invoke(env(publisher), { queues }));
    return (name) => answer.queues[name] ?? UNANSWERED;
  } catch (thrown) {
    const unreadable = inWords(thrown);
    return () => ({ unreadable });
  }
}

async function resolved(
  name: string,
  source: QueueWorkload['source'],
  { secret }: Effects,
): Promise<{ name: string; source?: ResolvedSource; why?: string }> {
  try {
    return { name, source: await resolveSource(source, secret) };
  } catch (thrown) {
    return { name, why: inWords(thrown) };
  }
}

/** The name of what went wrong, and what it says; of a queue that cannot be read, in plain words already. */
export function inWords(thrown: unknown): string {
  const { name, message } = asError(thrown);
  if (!message) return name;
  return name === 'QueueUnreadable' ? message : `${name}: ${message}`;
}
