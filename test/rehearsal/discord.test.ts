import { expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, packaged } from './stage.ts';

/** People speak through Discord: what is packaged hears them, from the signature to the answer, with its own permissions. */

const DAY = '2026-11-02';
const READERS = '1100000000000000003';
const said = (at: string, act: string, more: object = {}) => ({
  ...{ at: `${DAY}T${at}`, act, through: 'discord', by: 'kim', why: 'a test', ...more },
});

// One day for all of them: something is watched every minute of it.
const scenario = {
  person: { repairs: 'never' },
  faults: [{ incident: 'status-check', workload: 'app', at: `${DAY}T10:00` }],
  alarms: [{ at: `${DAY}T12:00`, name: 'cpu-high' }],
  people: [
    said('02:08', 'stop', { workload: 'nightly', role: READERS, by: 'lee' }),
    said('02:10', 'stop', { workload: 'nightly' }),
    said('03:00', 'stop', { workload: 'nigthly' }),
    said('04:00', 'start', { workload: 'nightly', until: `${DAY}T04:10` }),
    said('05:00', 'look'),
    said('06:00', 'approve', { workload: 'web' }),
    said('10:15', 'approve', { workload: 'app' }),
    said('12:30', 'acknowledge'),
  ],
};
let rehearsed: Promise<Report> | undefined;
const day = () => {
  rehearsed ??= act(scenario, { stage: 'services', days: 1, until: '13:00' });
  return rehearsed;
};

test('a day of commands and buttons - no law is broken, and nobody is refused but who should be', async () => {
  const { violations, faults } = await day();
  expect(violations).toEqual([]);
  const refused = faults.flatMap(({ text }) => (text.includes('Discord') ? [text] : []));
  expect(refused).toEqual([
    'stop nightly through Discord was refused: You may not stop here: that needs one of <@&1100000000000000002>.',
    'stop nigthly through Discord was refused: There is no "nigthly" to stop. There is: nightly.',
    'approve web through Discord was refused: no notice has such a button',
  ]);
});

test('a stop - is asked back, and once it is confirmed the run is cut off in the name of who said it', async () => {
  const [first, second] = (await day()).workloads['nightly']?.runs ?? [];
  expect(first).toMatchObject({ status: 'aborted', reason: 'stopped by kim (Discord): a test' });
  expect(first?.endedAt).toMatch(/T02:10/);
  expect(second).toMatchObject({ by: 'kim (Discord)', status: 'succeeded' });
});

test('an approval by its button - the step is done, and its service comes up', async () => {
  expect((await day()).services?.incidents).toMatchObject([{ workload: 'app', helped: 'stop-start' }]);
});

test('an acknowledgement by its button - is remembered by the function that everybody else has it done by', async () => {
  expect((await day()).permissionsUsed).toContain('AcknowledgeIncidentRole dynamodb:PutItem');
});

test('what is deployed - nobody in it may read the token of the bot', () => {
  const { template, stage } = packaged('services');
  expect(stage.commands?.bot).toBe('ssm:/lamplighter/dev/discord-bot');
  expect(JSON.stringify(template)).not.toContain('discord-bot');
});
