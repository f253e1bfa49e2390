import { describe, expect, test } from '@jest/globals';
import type { Output } from '../../../functions/show-status/contract.ts';
import { emergencyStop, extend, pause, resume, skip, start, stop } from '../../../plugin/ops/acts.ts';
import { NotAnswered } from '../../../plugin/ops/ask.ts';
import type { Command, Options } from '../../../plugin/ops/command.ts';
import { aContext, aStatus, type } from './context.ts';

const RUN = { key: '2026-11-02T09:00', by: 'schedule', status: 'running' };
const quiet = aStatus({ nightly: {}, 'chat-app': { kind: 'environment' } });
const busy = aStatus({ nightly: { now: 'on', running: RUN }, 'chat-app': { kind: 'environment', now: 'on' } });
/** As show-status does, of one workload only what was asked for. */
const answers = (status: Output) => ({
  showStatus: ({ workload }: { workload?: string }) => ({
    ...status,
    workloads: Object.fromEntries(
      Object.entries(status.workloads).filter(([name]) => workload === undefined || name === workload),
    ),
  }),
  overrideWorkload: { said: 'done' },
});
const nightly = { workload: 'nightly', why: 'moving' };

describe('what the stage is told', () => {
  test.each<[string, Command, Options, object]>([
    ['start', start, nightly, { act: 'start', workload: 'nightly' }],
    [
      'start with parameters',
      start,
      { ...nightly, parameter: ['risk=high=er', 'mode='] },
      { act: 'start', workload: 'nightly', parameters: { risk: 'high=er', mode: '' } },
    ],
    ['stop', stop, { ...nightly, until: '22:00' }, { act: 'stop', workload: 'nightly', until: '22:00' }],
    ['extend', extend, { ...nightly, until: '22:00' }, { act: 'keep', workload: 'nightly', until: '22:00' }],
    ['skip', skip, nightly, { act: 'skip', workload: 'nightly' }],
    ['pause of the stage', pause, { why: 'moving' }, { act: 'pause' }],
    ['resume', resume, nightly, { act: 'resume', workload: 'nightly' }],
    ['emergency-stop', emergencyStop, { why: 'moving', yes: true }, { act: 'emergency-stop' }],
  ])('%s - the act, who, why and until when', async (_, command, options, word) => {
    const { asked, out } = await type(command, options, { answers: answers(quiet) });
    expect(asked.at(-1)).toEqual(['overrideWorkload', { ...word, by: 'kim@desk', why: 'moving' }]);
    expect(out).toBe('done, by kim@desk\n');
  });

  test('--by - whoever is named, and AWS is not asked', async () => {
    const { context, seen } = aContext({ ...nightly, by: 'the deployment' }, { answers: answers(quiet) });
    context.hands.who = () => Promise.reject(new Error('asked'));
    await pause.run(context);
    expect(seen.asked.at(-1)?.[1]).toMatchObject({ by: 'the deployment' });
  });

  test('--json - what was said and what came of it', async () => {
    const { out } = await type(pause, { ...nightly, json: true }, { answers: answers(quiet) });
    expect(JSON.parse(out)).toMatchObject({ said: 'done', word: { act: 'pause' }, consequences: [{ stops: false }] });
  });
});

describe('what is missing', () => {
  test.each<[string, Command, Options, string]>([
    ['start without a workload', start, { why: 'x' }, '--workload is missing: write one, such as --workload nightly'],
    ['stop without a workload', stop, { why: 'x', workload: ' ' }, '--workload is missing'],
    ['extend without an end', extend, nightly, '--until is missing: write one, such as --until 22:00'],
    ['no reason, and nobody to ask', pause, { workload: 'nightly' }, '--why is missing'],
    ['no reason of somebody in a hurry', pause, { workload: 'nightly', yes: true }, '--why is missing'],
    ['a parameter that is none', start, { ...nightly, parameter: ['fast'] }, '--parameter "fast" cannot be used'],
  ])('%s - refused, and nothing is told', async (_, command, options, message) => {
    const { context, seen } = aContext(options, { answers: answers(quiet) });
    await expect(command.run(context)).rejects.toThrow(message);
    expect(seen.asked.map(([name]) => name)).not.toContain('overrideWorkload');
  });

  test('no reason, and somebody is there - is asked for', async () => {
    const { asked, questions } = await type(
      pause,
      { workload: 'nightly' },
      { answers: answers(quiet), says: ['moving'] },
    );
    expect(questions).toEqual(['Why? ']);
    expect(asked.at(-1)?.[1]).toMatchObject({ why: 'moving' });
  });
});

describe('before something is stopped', () => {
  const acts: [string, Command, Options][] = [
    ['stop', stop, nightly],
    ['a pause of what is running', pause, nightly],
    ['emergency-stop', emergencyStop, { why: 'moving' }],
  ];

  test.each(acts)('%s, and the person says no - nothing is told', async (_, command, options) => {
    const { context, seen } = aContext(options, { answers: answers(busy), says: ['n'] });
    await expect(command.run(context)).rejects.toThrow('not done: you did not say yes');
    expect(seen.questions).toHaveLength(1);
    expect(seen.err).toContain('nightly: ');
    expect(seen.asked.map(([name]) => name)).toEqual(['showStatus']);
  });

  test.each(acts)('%s, and the person says yes - it is told', async (_, command, options) => {
    const { asked } = await type(command, options, { answers: answers(busy), says: ['y'] });
    expect(asked.at(-1)?.[0]).toBe('overrideWorkload');
  });

  test.each(acts)('%s of a script - refused without --yes, told with it', async (_, command, options) => {
    const { context, seen } = aContext(options, { answers: answers(busy) });
    await expect(command.run(context)).rejects.toThrow(/Nobody is here to answer, so say --yes; --dry-run says/);
    expect(seen.asked.map(([name]) => name)).toEqual(['showStatus']);
    const { asked } = await type(command, { ...options, yes: true }, { answers: answers(busy) });
    expect(asked.at(-1)?.[0]).toBe('overrideWorkload');
  });

  test.each(acts)('%s with --dry-run - says what it would do, and does nothing', async (_, command, options) => {
    const { asked, out } = await type(command, { ...options, 'dry-run': true }, { answers: answers(busy) });
    expect(asked.map(([name]) => name)).toEqual(['showStatus']);
    expect(out).toMatch(/^would /);
    expect(out).toContain('nightly: ');
  });

  test('a pause where nothing is on, a start - nobody is asked', async () => {
    expect((await type(pause, nightly, { answers: answers(quiet), says: [] })).questions).toEqual([]);
    expect((await type(start, nightly, { answers: answers(quiet), says: [] })).questions).toEqual([]);
  });

  test('--dry-run --json - the word and what would come of it', async () => {
    const { out } = await type(stop, { ...nightly, 'dry-run': true, json: true }, { answers: answers(busy) });
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      word: { act: 'stop', workload: 'nightly' },
      consequences: [{ text: expect.stringContaining('2026-11-02T09:00 is cut off'), stops: true }],
    });
  });
});

describe('an emergency stop while our functions are broken', () => {
  const broken = new NotAnswered('overrideWorkload failed');
  const options = { why: 'it burns', yes: true };

  test('neither answers - the machine is started without them', async () => {
    const { machines, out, err } = await type(emergencyStop, options, {
      answers: { showStatus: broken, overrideWorkload: broken },
    });
    expect(machines).toEqual([{ by: 'kim@desk', why: 'it burns' }]);
    expect(out).toBe('emergency-stop started: arn:execution, by kim@desk\n');
    expect(err).toContain('overrideWorkload failed');
  });

  test('the function refuses - it is not gone round', async () => {
    const refusal = new NotAnswered('act: unknown', { isRefusal: true });
    const { context, seen } = aContext(options, { answers: { showStatus: quiet, overrideWorkload: refusal } });
    await expect(emergencyStop.run(context)).rejects.toThrow('act: unknown');
    expect(seen.machines).toEqual([]);
  });

  test('another word - is not said before it is known what it does', async () => {
    const { context, seen } = aContext({ ...nightly, yes: true }, { answers: { showStatus: broken } });
    await expect(stop.run(context)).rejects.toThrow('overrideWorkload failed');
    expect(seen.asked).toHaveLength(1);
  });
});
