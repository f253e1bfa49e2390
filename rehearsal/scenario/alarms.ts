import * as z from 'zod';
import { duration, instant } from './fields.ts';

const alone = z.strictObject({
  at: instant,
  name: z
    .string()
    .min(1)
    .describe('of the alarm; one of the stage’s own, by its name or logical id, goes to the topics that it names'),
  state: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']).optional().describe('ALARM without it'),
  description: z.string().optional(),
  reason: z.string().optional().describe('what CloudWatch gives as the reason'),
  changes: z.int().min(2).optional().describe('it flaps: how often it changes, ALARM and OK in turn'),
  every: duration.optional().describe('how long it stays in each state; 1m without it'),
  count: z.int().min(2).optional().describe('a storm: how many changes come'),
  over: duration.optional().describe('within which they come, evenly; 5m without it'),
  distinct: z
    .int()
    .min(1)
    .optional()
    .describe('how many alarms they are of, name-1, name-2, …; each of its own without it'),
});

type Alone = z.output<typeof alone>;

/** Fields that mean nothing without another one. */
const NEEDS: [keyof Alone, keyof Alone][] = [
  ['every', 'changes'],
  ['over', 'count'],
  ['distinct', 'count'],
];

/**
 * An alarm of CloudWatch: one change of its state, one that flaps, or a storm of many. In a storm each alarm goes to
 * ALARM and OK in turn, unless `state` is given.
 */
export const alarm = alone.superRefine((value, context) => {
  const complain = (path: keyof Alone, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message, input: value });
  for (const [field, other] of NEEDS)
    if (value[field] !== undefined && value[other] === undefined)
      complain(field, `${field} means nothing without ${other}: add it, or leave ${field} out`);
  if (value.changes !== undefined && value.count !== undefined)
    complain('count', 'an alarm either flaps (changes) or comes as a storm (count): write two alarms');
  if (value.changes !== undefined && value.state !== undefined)
    complain('state', 'an alarm that flaps goes to ALARM first, then to OK and so on: leave state out');
  if ((value.distinct ?? 0) > (value.count ?? Number.POSITIVE_INFINITY))
    complain('distinct', `there cannot be more alarms than changes: at most ${value.count}`);
});

export type Alarm = z.output<typeof alarm>;

/** One change of the state of one alarm. */
export interface Change {
  /** Milliseconds after the first. */
  after: number;
  name: string;
  state: string;
  old: string;
}

const MINUTE = 60_000;

/** The changes that an alarm of a scenario stands for, in order. */
export function* changesOf({
  name,
  state,
  changes,
  every = MINUTE,
  count,
  over = 5 * MINUTE,
  distinct,
}: Alarm): Generator<Change> {
  const inTurn = (turn: number) => {
    const now = state ?? (turn % 2 === 0 ? 'ALARM' : 'OK');
    return { state: now, old: now === 'ALARM' ? 'OK' : 'ALARM' };
  };
  if (count === undefined)
    for (let index = 0; index < (changes ?? 1); index++) yield { after: index * every, name, ...inTurn(index) };
  const names = distinct ?? count ?? 1;
  for (let index = 0; index < (count ?? 0); index++)
    yield {
      after: Math.floor((index * over) / (count ?? 1)),
      name: `${name}-${(index % names) + 1}`,
      ...inTurn(Math.floor(index / names)),
    };
}
