import type { Collection, Keys, Member, Value } from './keys.ts';
import { Failure, type Reply } from './reply.ts';

type Command = (keys: Keys, args: string[]) => Reply;

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';

/** A command that failed: what the client is told. */
export class Refused extends Error {}

/** What lies at a key, if it is of the type that a command is for. @throws Refused */
function the<Type extends Value['type']>(
  keys: Keys,
  key = '',
  ...types: Type[]
): Extract<Value, { type: Type }> | undefined {
  const found = keys.at(key);
  if (found && !types.includes(found.type as Type)) throw new Refused(WRONG_TYPE);
  return found as Extract<Value, { type: Type }> | undefined;
}

const collection = (keys: Keys, key: string | undefined, type: Collection['type']): Collection | undefined =>
  the(keys, key, type) as Collection | undefined;

/** Part of a list as Redis counts: from the end below nothing, the last included. */
export function part<T>(all: T[], from: number, to: number): T[] {
  const at = (index: number) => (index < 0 ? all.length + index : index);
  return all.slice(Math.max(0, at(from)), at(to) + 1);
}

/** The bounds `-inf`, `+inf`, `(5` and `5`. */
function within(low: string, high: string): (score: number) => boolean {
  const of = (text: string) => Number(text.replace(/^\(/, '').replace('inf', 'Infinity'));
  const [from, to] = [of(low), of(high)];
  return (score) =>
    (low.startsWith('(') ? score > from : score >= from) && (high.startsWith('(') ? score < to : score <= to);
}

const shown = (members: Member[], withScores: boolean): Reply =>
  members.flatMap(({ id, score }) => (withScores ? [id, String(score)] : [id]));

const hasScores = (rest: string[]): boolean => rest.some((word) => /^withscores$/i.test(word));

function limited(members: Member[], rest: string[]): Member[] {
  const at = rest.findIndex((word) => /^limit$/i.test(word));
  if (at < 0) return members;
  const [offset, count] = [Number(rest[at + 1]), Number(rest[at + 2])];
  return count < 0 ? members.slice(offset) : members.slice(offset, offset + count);
}

const members = (keys: Keys, key: string | undefined): Member[] => collection(keys, key, 'zset')?.members() ?? [];

/**
 * Commands that read.
 *
 * @source Redis command reference, one page a command
 */
export const COMMANDS: Record<string, Command> = {
  TYPE: (keys, [key = '']) => keys.at(key)?.type ?? 'none',
  EXISTS: (keys, all) => all.filter((key) => keys.at(key)).length,
  GET: (keys, [key]) => the(keys, key, 'string')?.text ?? null,
  MGET: (keys, all) =>
    all.map((key) => {
      const found = keys.at(key);
      return found?.type === 'string' ? found.text : null;
    }),
  LLEN: (keys, [key]) => collection(keys, key, 'list')?.size ?? 0,
  LINDEX: (keys, [key, index]) => {
    const all = collection(keys, key, 'list')?.members() ?? [];
    return all.at(Number(index))?.id ?? null;
  },
  LRANGE: (keys, [key, from, to]) =>
    part(collection(keys, key, 'list')?.members() ?? [], Number(from), Number(to)).map(({ id }) => id),
  ZCARD: (keys, [key]) => collection(keys, key, 'zset')?.size ?? 0,
  ZCOUNT: (keys, [key, low = '', high = '']) => {
    const isWithin = within(low, high);
    return members(keys, key).filter(({ score }) => isWithin(score)).length;
  },
  ZSCORE: (keys, [key, id]) => {
    const found = members(keys, key).find((member) => member.id === id);
    return found ? String(found.score) : null;
  },
  ZRANGE: (keys, [key, from, to, ...rest]) =>
    shown(part(members(keys, key), Number(from), Number(to)), hasScores(rest)),
  ZREVRANGE: (keys, [key, from, to, ...rest]) =>
    shown(part(members(keys, key).toReversed(), Number(from), Number(to)), hasScores(rest)),
  ZRANGEBYSCORE: (keys, [key, low = '', high = '', ...rest]) => {
    const isWithin = within(low, high);
    const found = members(keys, key).filter(({ score }) => isWithin(score));
    return shown(limited(found, rest), hasScores(rest));
  },
  SCARD: (keys, [key = '']) => (keys.at(key) ? new Failure(WRONG_TYPE) : 0),
  HGET: (keys, [key, field = '']) => the(keys, key, 'hash')?.fields[field] ?? null,
  HMGET: (keys, [key, ...fields]) => {
    const found = the(keys, key, 'hash')?.fields ?? {};
    return fields.map((field) => found[field] ?? null);
  },
  HGETALL: (keys, [key]) => Object.entries(the(keys, key, 'hash')?.fields ?? {}).flat(),
  HEXISTS: (keys, [key, field = '']) => Number(field in (the(keys, key, 'hash')?.fields ?? {})),
  DBSIZE: (keys) => keys.count(),
};
