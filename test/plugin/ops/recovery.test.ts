import { describe, expect, test } from '@jest/globals';
import { approve, recover } from '../../../plugin/ops/recovery.ts';
import { aRecoveredStage } from '../../shared/recovery/recoveries.ts';
import { aContext } from './context.ts';

const answers = { orderRecovery: { said: 'web is being recovered' } };
const web = { workload: 'web', why: 'errors' };

function order(options: Parameters<typeof aContext>[0], says?: string[]) {
  const { context, seen } = aContext(options, { answers, ...(says && { says }) });
  return { context: { ...context, stage: aRecoveredStage({ approve: ['stop-start'] }) }, seen };
}

describe('sls ops recover', () => {
  test('what it would do is said first, and asked; then the stage is told who and why', async () => {
    const { context, seen } = order(web, ['yes']);
    await recover.run(context);
    expect(seen.err).toContain('web: restart, then reboot, then stop-start, until it answers from outside');
    expect(seen.asked).toEqual([['orderRecovery', { act: 'recover', workload: 'web', by: 'kim@desk', why: 'errors' }]]);
    expect(seen.out).toBe('web is being recovered, by kim@desk\n');
  });

  test('--dry-run - only said', async () => {
    const { context, seen } = order({ ...web, 'dry-run': true });
    await recover.run(context);
    expect(seen.asked).toEqual([]);
    expect(seen.out).toContain('would recover web');
  });

  test.each([
    ['a script that does not say --yes', web],
    ['no reason', { workload: 'web', yes: true }],
    ['no workload', { why: 'errors', yes: true }],
  ])('%s - refused', async (_, options) => {
    const { context, seen } = order(options);
    await expect(recover.run(context)).rejects.toMatchObject({ name: 'Refused' });
    expect(seen.asked).toEqual([]);
  });
});

test('sls ops approve - the steps that wait for a person, and no reason is needed', async () => {
  const { context, seen } = order({ workload: 'web', yes: true, by: 'lee', json: true });
  await approve.run(context);
  expect(seen.asked).toEqual([['orderRecovery', { act: 'approve', workload: 'web', by: 'lee', why: '' }]]);
  expect(JSON.parse(seen.out)).toMatchObject({ word: { act: 'approve' }, said: 'web is being recovered' });
});
