import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { graphFaults } from '../../../shared/pipeline/graph-faults.ts';
import { StageFileInvalid } from '../../../shared/stage/faults.ts';
import { anySteps, COLLECTION, INDICATORS, stepsFrom } from './graphs.ts';

const faults = (text: string) => graphFaults(['steps'], stepsFrom(text));

describe('what is wrong with steps', () => {
  test('nothing', () => {
    expect(graphFaults([], COLLECTION)).toEqual([]);
    expect(graphFaults([], INDICATORS)).toEqual([]);
    fc.assert(fc.property(anySteps(30), (steps) => expect(graphFaults([], steps)).toEqual([])));
  });

  test('a need that is no step - did you mean', () => {
    expect(faults('kospi, save: kopsi')).toEqual([
      {
        ...{ path: ['steps', 'save', 'needs', 0], found: 'kopsi' },
        ...{ expected: 'a step of this pipeline', mend: 'did you mean kospi?' },
      },
    ]);
    expect(faults('a, b: toString')).toMatchObject([{ mend: 'add the step, or take the need out' }]);
  });

  test('itself, and a need twice', () => {
    expect(faults('a: a, b: a a')).toMatchObject([
      { path: ['steps', 'a', 'needs', 0], found: 'a', expected: 'other steps than itself' },
      { path: ['steps', 'b', 'needs', 1], found: 'a', expected: 'each need once' },
    ]);
  });

  test('two that need each other - said once', () => {
    expect(faults('a: b, b: a')).toEqual([
      {
        ...{ path: ['steps', 'a', 'needs', 0], found: 'b' },
        ...{ expected: 'a step that can end before a begins; b needs a', mend: 'take one of these needs out' },
      },
    ]);
  });

  test('a longer circle - the shortest way round, and what hangs on it is not blamed', () => {
    expect(faults('x, a: x c, b: a, c: b, after: c')).toMatchObject([
      {
        path: ['steps', 'a', 'needs', 1],
        found: 'c',
        expected: 'a step that can end before a begins; c needs b, b needs a',
      },
    ]);
  });

  test('two circles - two faults', () => {
    expect(faults('a: b, b: a, c: d, d: c')).toMatchObject([{ found: 'b' }, { found: 'd' }]);
  });

  test('names that differ by capitals, and one that is too long', () => {
    expect(faults('save, Save')).toMatchObject([
      { path: ['steps', 'Save'], expected: 'a name that differs from save by more than capitals' },
    ]);
    expect(faults('x'.repeat(30))).toMatchObject([{ mend: expect.stringContaining('shorten it by 4') }]);
  });

  test('any needs at all - faults if and only if no order can be', () => {
    const needs = fc.array(fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5'), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(needs, { minLength: 1, maxLength: 5 }), (all) => {
        const steps = Object.fromEntries(all.map((needs, index) => [`s${index}`, { needs: [...new Set(needs)] }]));
        const left = new Set(Object.keys(steps));
        const isReady = (name: string) => steps[name]?.needs.every((need) => need in steps && !left.has(need));
        for (let next: string | undefined = ''; next !== undefined; next = [...left].find(isReady)) left.delete(next);
        expect(graphFaults([], steps).length > 0).toBe(left.size > 0);
      }),
    );
  });

  test('told as other errors of a stage file', () => {
    expect(new StageFileInvalid('dev.yml', faults('a: b, b: a')).message).toContain('steps.a.needs[0]');
  });
});
