import { expect, test } from '@jest/globals';
import { stepsOf } from '../../../shared/recovery/steps.ts';
import { aChoice, BEGUN } from './recoveries.ts';

const NOW = Date.parse(BEGUN) + 90_000;
const of = (more: Parameters<typeof stepsOf>[0]) => stepsOf(more, NOW);
const caught = { Error: 'Ec2.Ec2Exception', Cause: 'IncorrectState' };
const before = { rung: 'restart', at: BEGUN, seconds: 180, result: 'did not help' } as const;

test('nothing was chosen, or nothing is left, or a person has yet to say yes - nothing new was done', () => {
  expect(of({})).toEqual([]);
  expect(of({ choice: aChoice({ rung: 'none', steps: [before] }) })).toEqual([before]);
  expect(of({ choice: aChoice({ needsApproval: true, steps: [before] }) })).toEqual([before]);
});

test.each([
  ['it was seen up', { verified: {} }, 'helped'],
  ['it was not', {}, 'did not help'],
  ['AWS refused it', { rungError: caught }, 'Ec2.Ec2Exception: IncorrectState'],
  [
    'it does not start again',
    { startError: caught, rungError: { Error: 'other' } },
    'Ec2.Ec2Exception: IncorrectState',
  ],
  ['the process is well', { said: { result: 'healthy', isWorthAsking: false } }, 'healthy'],
  ['the process was restarted in vain', { said: { result: 'recovered', isWorthAsking: true } }, 'did not help'],
])('%s - that is its result', (_, more, result) => {
  const steps = of({ choice: aChoice({ rung: 'reboot', steps: [before] }), ...more });
  expect(steps).toEqual([before, { rung: 'reboot', at: BEGUN, seconds: 90, result }]);
});

test('where the logs of before are - kept with it', () => {
  const said = { result: 'recovered', isWorthAsking: true, logs: 's3://example-logs/web/x' };
  expect(of({ choice: aChoice(), said, verified: {} })).toMatchObject([{ logs: 's3://example-logs/web/x' }]);
});
