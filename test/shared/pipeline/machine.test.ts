import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import fc from 'fast-check';
import type { Steps } from '../../../shared/pipeline/graph.ts';
import { LONGEST_STEP } from '../../../shared/pipeline/graph-faults.ts';
import type { States } from '../../../shared/pipeline/states.ts';
import { anySteps, COLLECTION, INDICATORS, knottedSteps, stepsFrom } from './graphs.ts';
import { runMachine, wholeMachine } from './running.ts';

const errorsOf = (machine: States) => {
  const { isValid, errorsText } = aslValidator(machine);
  return isValid ? '' : errorsText();
};
const isOwn = (name: string) => /^(Begin|Is|End) /.test(name);
/** The names of states, those within Parallels by branch, without those that each step has. */
const outline = ({ States }: States): unknown[] =>
  Object.entries(States)
    .filter(([name]) => !isOwn(name))
    .map(([name, { Branches }]) => (Branches ? { [name]: Branches.map(outline) } : name));
const names = (steps: Steps) => Object.keys(steps);
const evenly = (steps: Steps, each: number) => Object.fromEntries(names(steps).map((name) => [name, each]));

describe('the pipelines of the source', () => {
  test('collection - the picture is the pipeline', () => {
    const machine = wholeMachine(COLLECTION);
    expect(machine).toMatchObject({
      Comment: 'check → (kospi | kosdaq | indices) → save → log',
      StartAt: 'Begin check',
    });
    expect(outline(machine)).toEqual([
      'check',
      { 'kospi, kosdaq and indices side by side': [['kospi'], ['kosdaq'], ['indices']] },
      'save',
      'log',
      'Settle',
    ]);
  });

  test('indicators - the picture is the pipeline', () => {
    expect(outline(wholeMachine(INDICATORS))).toEqual([
      'check',
      { 'prices-kospi and prices-kosdaq side by side': [['prices-kospi'], ['prices-kosdaq']] },
      { 'rsi, macd, sma and bollinger side by side': [['rsi'], ['macd'], ['sma'], ['bollinger']] },
      'save',
      'log',
      'Settle',
    ]);
  });

  test('one step - begun, asked for, ended; on error too', () => {
    const ours = { Type: 'Task', TimeoutSeconds: 60, Retry: expect.anything() };
    const { States } = wholeMachine(COLLECTION);
    const { 'Begin save': begin, 'Is save to run': isToRun, save, 'End save': end } = States;
    expect(begin).toEqual({
      ...ours,
      Resource: expect.stringContaining('begin-step'),
      Parameters: { step: 'save', 'run.$': '$.run' },
      ResultPath: '$.step',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.step', Next: 'End save' }],
      Next: 'Is save to run',
    });
    expect(isToRun).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.step.decision', StringEquals: 'run', Next: 'save' }],
      Default: 'End save',
    });
    expect(save).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.step.error', Next: 'End save' }],
      Next: 'End save',
    });
    expect(end).toEqual({
      ...ours,
      Resource: expect.stringContaining('end-step'),
      Parameters: { step: 'save', 'run.$': '$.run', 'said.$': '$.step' },
      ResultPath: null,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Settle' }],
      Next: 'Begin log',
    });
  });

  test('a day of collection - as long as its longest way, and Settle knows the run', async () => {
    const takes = { check: 1000, kospi: 240_000, kosdaq: 180_000, indices: 5000, save: 60_000, log: 1000 };
    const ran = await runMachine(COLLECTION, takes);
    expect(ran).toMatchObject({ settledAt: 302_000, settled: { run: { key: '2026-11-23T16:30' } } });
    expect(ran.begun).toMatchObject({
      kospi: [1000],
      kosdaq: [1000],
      indices: [1000],
      save: [241_000],
      log: [301_000],
    });
  });

  test('a market that cannot be collected - the others are, nothing is saved', async () => {
    const { statuses } = await runMachine(COLLECTION, evenly(COLLECTION, 1000), ['kospi']);
    expect(statuses).toEqual({
      ...{ check: 'succeeded', kospi: 'failed', kosdaq: 'succeeded', indices: 'succeeded' },
      ...{ save: 'passed over', log: 'passed over' },
    });
  });
});

describe('what our own functions cannot do', () => {
  test('begin a step - it failed, and the others go on', async () => {
    const { statuses } = await runMachine(COLLECTION, evenly(COLLECTION, 1000), ['Begin kospi']);
    expect(statuses).toMatchObject({ kospi: 'failed', kosdaq: 'succeeded', save: 'passed over' });
  });

  test.each(['End kospi', 'End save'])('%s - Settle is told', async (state) => {
    const { settled } = await runMachine(COLLECTION, evenly(COLLECTION, 1000), [state]);
    expect(settled).toMatchObject({
      run: { key: '2026-11-23T16:30' },
      error: { Error: 'ConfigurationMissing', Cause: state },
    });
  });

  test('await - Settle is told', async () => {
    const steps = stepsFrom('a, b, c: a, d: a b');
    const { settled } = await runMachine(steps, evenly(steps, 1000), ['Await needs of d']);
    expect(settled).toMatchObject({ error: { Cause: 'Await needs of d' } });
  });
});

describe('a machine', () => {
  test('of an N - one chain waits for a step of the other', () => {
    const machine = wholeMachine(stepsFrom('a, b, c: a, d: a b'));
    expect(outline(machine)).toEqual([
      {
        'a and b side by side': [
          ['a', 'c'],
          ['b', 'Await needs of d', 'd'],
        ],
      },
      'Settle',
    ]);
    expect(machine.States['a and b side by side']?.Branches?.[1]?.States['Await needs of d']).toMatchObject({
      Comment: 'Until a has ended.',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { Payload: { step: 'd', needs: ['a'], 'run.$': '$.run', 'token.$': '$$.Task.Token' } },
      Next: 'Begin d',
    });
  });

  test('of branches that carry much - gives none of it back, and has it for what comes after', () => {
    const { States } = wholeMachine(COLLECTION);
    const beside = States['kospi, kosdaq and indices side by side'];
    expect(beside).toMatchObject({ ResultPath: null });
    expect(beside?.Branches?.[0]?.States['End kospi']).toMatchObject({ OutputPath: null, End: true });
    expect(States['End save']).not.toHaveProperty('OutputPath');
  });

  test('of a step alone - no Parallel', () => {
    expect(outline(wholeMachine(stepsFrom('only')))).toEqual(['only', 'Settle']);
  });

  test('of names as long as they may be - names of states that AWS takes', () => {
    const long = (index: number) => `s${index}`.padEnd(LONGEST_STEP, 'x');
    const steps = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [long(index), { needs: [] }]));
    expect(Object.keys(wholeMachine(steps).States)[0]).toBe(`${long(0)}, ${long(1)} and 58 more side by side`);
  });

  test('of sixty steps that need nothing - all at once', async () => {
    const steps = stepsFrom(Array.from({ length: 60 }, (_, index) => `s${index}`).join(', '));
    const ran = await runMachine(steps, evenly(steps, 1000));
    expect(new Set(Object.values(ran.begun).flat())).toEqual(new Set([0]));
  });

  test('of sixty steps in diamonds - valid, and as long as its longest way', async () => {
    const diamond = (index: number) => {
      const [top, left, right, bottom] = [0, 1, 2, 3].map((corner) => `s${index * 4 + corner}`);
      const before = index < 3 ? '' : `: s${(index - 3) * 4 + 3} s${(index - 2) * 4 + 1}`;
      return `${top}${before}, ${left}: ${top}, ${right}: ${top}, ${bottom}: ${left} ${right}`;
    };
    const steps = stepsFrom(Array.from({ length: 15 }, (_, index) => diamond(index)).join(', '));
    const machine = wholeMachine(steps);
    expect(names(steps)).toHaveLength(60);
    expect(errorsOf(machine)).toBe('');
    expect((await runMachine(steps, evenly(steps, 1000), [], machine)).settledAt).toBe(17_000);
  });

  test('with a state that two steps have - refused', () => {
    expect(() => wholeMachine(stepsFrom('a, Begin a'))).toThrow('double or too long: Begin a');
  });

  test('of steps that need each other - refused', () => {
    expect(() => wholeMachine(stepsFrom('a: b, b: a'))).toThrow('need each other');
  });
});

describe('any pipeline, on the interpreter', () => {
  const running = fc.record({
    steps: fc.oneof(anySteps(60), knottedSteps),
    takes: fc.infiniteStream(fc.nat(5)),
    fails: fc.infiniteStream(fc.nat(9)),
  });
  const drawn = (steps: Steps, numbers: Iterator<number>) =>
    Object.fromEntries(names(steps).map((name) => [name, Number(numbers.next().value) * 1000]));

  test('AWS would take it', () => {
    fc.assert(
      fc.property(fc.oneof(anySteps(30), knottedSteps), (steps) => expect(errorsOf(wholeMachine(steps))).toBe('')),
      { numRuns: 8 },
    );
  });

  test('each step once, and at the instant at which the last of its needs ended', async () => {
    await fc.assert(
      fc.asyncProperty(running, async ({ steps, takes }) => {
        const ran = await runMachine(steps, drawn(steps, takes));
        const due = names(steps).map((name) => [
          name,
          [Math.max(0, ...(steps[name]?.needs ?? []).map((need) => ran.ended[need] ?? Number.NaN))],
        ]);
        expect(ran.begun).toEqual(Object.fromEntries(due));
        expect(ran.settledAt).toBe(Math.max(...Object.values(ran.ended)));
      }),
      { numRuns: 40 },
    );
  });

  test('what needs a step that failed is passed over, all others run, and Settle comes last', async () => {
    await fc.assert(
      fc.asyncProperty(running, async ({ steps, takes, fails }) => {
        const failing = names(steps).filter(() => fails.next().value === 0);
        const ran = await runMachine(steps, drawn(steps, takes), failing);
        const isGood = (name: string) => ran.statuses[name] === 'succeeded';
        const due = names(steps).map((name) => {
          if (!steps[name]?.needs.every(isGood)) return [name, 'passed over'];
          return [name, failing.includes(name) ? 'failed' : 'succeeded'];
        });
        expect(ran.statuses).toEqual(Object.fromEntries(due));
        expect(Object.values(ran.begun).every(({ length }) => length === 1)).toBe(true);
        expect(ran.settledAt).toBe(Math.max(...Object.values(ran.ended)));
      }),
      { numRuns: 40 },
    );
  });
});
