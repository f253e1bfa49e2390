import { fill, type Reason, readerOf, because as record } from '../reasons.ts';
import { problemOf as networkProblemOf } from '../watch/problem.ts';

/** Why a queue could not be read, apart from what any server may do; `{}` stands for a word. */
export const PROBLEMS = {
  wrongPassword: 'its user or password is refused',
  noPassword: 'it wants a password and was given none',
  notAllowed: 'its user may not do that: {}',
  wrongType: 'a key of the queue is of another type than the library writes',
  loading: 'it is loading its data',
  noDatabase: 'it has no such database',
  elsewhere: 'the queue is on another node of its cluster',
  noTls: 'it does not speak TLS',
  noRedis: 'it does not answer as Redis does',
  hungUp: 'it ended the connection',
  saysError: 'it answers with the error {}',
  noQueue: 'there is no such queue',
  notOurs: 'its policy or ours does not let us look: {}',
  noJson: 'its answer is no JSON',
  noNumbers: 'its answer lacks a number or has a wrong one: {}',
  tooLong: 'its answer is too long',
} as const;

export type Problem = keyof typeof PROBLEMS;

/** The problem as it is recorded: one of queues, or a reason of all. */
export function because(problem: Problem | Reason, ...values: (string | number)[]): string {
  return isOwn(problem) ? fill(PROBLEMS[problem], values) : record(problem, ...values);
}

function isOwn(problem: Problem | Reason): problem is Problem {
  return Object.hasOwn(PROBLEMS, problem);
}

/** Which problem of queues a recorded text is; undefined for every other text. */
export const readProblem = readerOf(PROBLEMS);

/** How Redis and AWS begin or name their errors. */
const MEANINGS: [RegExp, Problem][] = [
  [/^WRONGPASS|^ERR invalid (?:password|username)/, 'wrongPassword'],
  [/^NOAUTH/, 'noPassword'],
  [/^NOPERM/, 'notAllowed'],
  [/^WRONGTYPE|WRONGTYPE Operation/, 'wrongType'],
  [/^(?:LOADING|MASTERDOWN)/, 'loading'],
  [/^ERR (?:invalid DB index|DB index is out of range|SELECT is not allowed)/, 'noDatabase'],
  [/^(?:MOVED|CROSSSLOT|CLUSTERDOWN)/, 'elsewhere'],
  [/^Connection is closed|^Command aborted/, 'hungUp'],
  [/^Protocol error/, 'noRedis'],
  [/^(?:AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist)/, 'noQueue'],
  [/^(?:AccessDenied|KMS\.AccessDenied)/, 'notOurs'],
];

/**
 * Why a queue could not be read, in plain words. No text of the other side is in it but the name of its error: Redis
 * repeats the arguments of a command that it does not know, and one of them is the password.
 */
export function problemOf(thrown: unknown): string {
  const error = firstOf(thrown);
  if (/^(?:EPROTO|ERR_SSL_)/.test(error.code)) return because('noTls');
  if (error.code) return networkProblemOf(error);
  const [, problem] = MEANINGS.find(([pattern]) => pattern.test(error.message) || pattern.test(error.name)) ?? [];
  const name = /^[A-Z]+(?= )/.exec(error.message)?.[0] ?? error.name;
  return problem ? because(problem, name) : because('saysError', name);
}

interface Thrown extends Error {
  code: unknown;
  previousErrors: unknown[];
}

/** Of a transaction that was given up, what its first command met. */
function firstOf(thrown: unknown): { name: string; message: string; code: string } {
  // Not by `instanceof`: whoever throws may have an Error of another realm, or none at all.
  const { name = 'Error', message = '', code, previousErrors } = Object(thrown) as Partial<Thrown>;
  const first = previousErrors?.[0];
  // Where the connection itself failed, all of them met the very same error.
  if (first !== undefined && first !== thrown) return firstOf(first);
  return { name, message, code: typeof code === 'string' ? code : '' };
}
