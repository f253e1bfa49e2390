import { expect, test } from '@jest/globals';
import { type Happening, Journal } from '../../../rehearsal/journal.ts';
import { passagesOf } from '../../../rehearsal/report/states.ts';

const START = Date.parse('2026-11-02T09:00:00Z');

type Phase = Extract<Happening, { what: 'state' }>['phase'];

/** What happened so many seconds after the beginning. */
function through(...happened: [second: number, state: string, phase: Phase, error?: string][]) {
  const journal = new Journal();
  for (const [second, state, phase, error] of happened)
    journal.entries.push({
      ...{ what: 'state', execution: 'one', state, phase, at: START + second * 1000 },
      ...(error && { error }),
    });
  return passagesOf(journal).get('one');
}

test('states one after the other - when each began and how long it took', () => {
  expect(
    through([0, 'Admit', 'entered'], [0, 'Admit', 'exited'], [0, 'Start', 'entered'], [12.34, 'Start', 'exited']),
  ).toEqual({
    from: START,
    states: [
      { state: 'Admit', after: 0 },
      { state: 'Start', after: 0, seconds: 12.3 },
    ],
  });
});

test('a state that is tried again until it does not fail - its tries, and no error', () => {
  const states = through(
    [1, 'Await', 'entered'],
    [2, 'Await', 'failed', 'StillRunning'],
    [32, 'Await', 'retried'],
    [33, 'Await', 'exited'],
  )?.states;
  expect(states).toEqual([{ state: 'Await', after: 0, seconds: 32, tries: 2 }]);
});

test('an error that is caught - stays with its state, which was left', () => {
  const states = through([0, 'Start', 'entered'], [3, 'Start', 'failed', 'NoCapacity'], [3, 'Start', 'exited'])?.states;
  expect(states).toEqual([{ state: 'Start', after: 0, seconds: 3, error: 'NoCapacity' }]);
});

test('an error that nobody catches, or an abort - the state was never left', () => {
  expect(through([0, 'Start', 'entered'], [3, 'Start', 'failed', 'NoCapacity'])?.states).toEqual([
    { state: 'Start', after: 0, error: 'NoCapacity', isLast: true },
  ]);
  expect(through([0, 'Start', 'entered'])?.states).toEqual([{ state: 'Start', after: 0, isLast: true }]);
});

test('branches at a time and iterations of one name - each has its own end', () => {
  const states = through(
    [0, 'Left', 'entered'],
    [0, 'Right', 'entered'],
    [1, 'Each', 'entered'],
    [2, 'Each', 'entered'],
    [4, 'Each', 'exited'],
    [5, 'Right', 'exited'],
    [7, 'Each', 'exited'],
    [9, 'Left', 'exited'],
  )?.states;
  expect(states?.map(({ state, after, seconds }) => [state, after, seconds])).toEqual([
    ['Left', 0, 9],
    ['Right', 0, 5],
    ['Each', 1, 3],
    ['Each', 2, 5],
  ]);
});
