import { afterEach, expect, test } from '@jest/globals';
import { printed, toldBy } from '../../../rehearsal/outside/steps.ts';
import { numbersIn } from '../../../shared/pipeline/numbers.ts';
import { ofStep, StepsWorld } from '../steps-world.ts';

const worlds: StepsWorld[] = [];
const worldOf = (scenario: object = {}) => {
  const made = new StepsWorld(scenario);
  worlds.push(made);
  return made;
};
afterEach(() => {
  for (const { clock } of worlds.splice(0)) clock.uninstall();
});

test('nothing is said of a step - it is well in the usual time, and counts what is expected of it', () => {
  const { steps } = worldOf();
  const course = steps.begin(ofStep('pull'));
  expect(course).toMatchObject({ exitCode: 0, attempt: 1, numbers: { pulled: 10, all: 1000, share: 950, most: 3 } });
  expect(course.milliseconds).toBeGreaterThanOrEqual(20_000);
  expect(course.milliseconds).toBeLessThanOrEqual(40_000);
  const call = steps.begin(ofStep('refresh'));
  expect(call.milliseconds).toBeLessThanOrEqual(3000);
  expect(call.numbers).toEqual({ rows: 7 });
});

test('the scenario says how it goes - it takes that long, and counts between the two, both of which there are', () => {
  const { steps } = worldOf({
    steps: { daily: { pull: { takes: ['2m', '3m'], numbers: { pulled: [4, 6], fixed: 2.5 } } } },
  });
  const courses = Array.from({ length: 60 }, () => steps.begin(ofStep('pull')));
  expect(new Set(courses.map(({ numbers }) => numbers['pulled']))).toEqual(new Set([4, 5, 6]));
  expect(new Set(courses.map(({ numbers }) => numbers['fixed']))).toEqual(new Set([2.5]));
  const times = courses.map(({ milliseconds }) => milliseconds);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(120_000);
  expect(Math.max(...times)).toBeLessThanOrEqual(180_000);
  expect(new Set(times).size).toBeGreaterThan(10);
});

test('it fails on its first tries - with its exit code and no numbers; the try after them is well', () => {
  const { steps } = worldOf({ faults: [{ step: 'pull', tries: 2, ends: 'fails', exitCode: 7, takes: '9s' }] });
  const courses = [1, 2, 3].map(() => steps.begin(ofStep('pull')));
  expect(courses.map(({ attempt, exitCode }) => [attempt, exitCode])).toEqual([
    [1, 7],
    [2, 7],
    [3, 0],
  ]);
  expect(courses[0]).toMatchObject({ milliseconds: 9000, numbers: {} });
  expect(courses[2]?.numbers).toMatchObject({ pulled: 10 });
  // Tries are of one run.
  expect(steps.begin(ofStep('pull', '2026-11-03T16:30'))).toMatchObject({ attempt: 1, exitCode: 7 });
});

test('a fault of the second run - the first goes as ever, whichever of its steps is asked for', () => {
  const { steps } = worldOf({ faults: [{ step: 'pull', runs: [2], ends: 'hangs' }] });
  steps.begin(ofStep('report'));
  const [first, second] = ['2026-11-02T16:30', '2026-11-03T16:30'].map((run) => steps.begin(ofStep('pull', run)));
  expect(first?.milliseconds).toBeLessThan(60_000);
  expect(second?.milliseconds).toBe(Number.POSITIVE_INFINITY);
});

test('a count that befalls it - takes the place of that number alone', () => {
  const { steps } = worldOf({ faults: [{ step: 'pull', numbers: { pulled: 1 } }] });
  expect(steps.begin(ofStep('pull'))).toMatchObject({ exitCode: 0, numbers: { pulled: 1, share: 950 } });
});

test('what is begun and what is ended - is in the journal, for the laws', () => {
  const { steps, ...world } = worldOf();
  const course = steps.begin(ofStep('pull'));
  steps.end(course, false);
  steps.end(steps.begin(ofStep('pull')), true);
  expect(worlds[0]?.history()).toEqual(['pull 1 begun', 'pull 1 badly', 'pull 2 begun', 'pull 2 well']);
  expect(world.world.journal.of('step')[0]).toMatchObject({
    workload: 'daily',
    key: '2026-11-02T16:30',
    generation: 1,
  });
});

test('what a program prints - is read by what reads the output of real ones', () => {
  const { steps } = worldOf();
  const course = steps.begin(ofStep('pull'));
  expect(numbersIn(printed(course))).toEqual(course.numbers);
  expect(printed({ ...course, numbers: {} })).toBe('');
});

test('variables that name a step - are the step; without one of them they are nobody’s', () => {
  const told = { LAMPLIGHTER_PIPELINE: 'daily', LAMPLIGHTER_STEP: 'pull', LAMPLIGHTER_RUN: '2026-11-02T16:30' };
  expect(toldBy({ ...told, LAMPLIGHTER_GENERATION: '3' })).toEqual({ ...ofStep('pull'), generation: 3 });
  expect(toldBy(told)).toEqual(ofStep('pull'));
  for (const name of Object.keys(told)) expect(toldBy({ ...told, [name]: '' })).toBeUndefined();
});
