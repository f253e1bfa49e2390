import { describe, expect, test } from '@jest/globals';
import { act, loud, packaged, runsOf } from './stage.ts';

const first = { from: '2026-11-02', days: 1 };

describe('the execution is aborted after each state in turn - the instance is stopped, the run ends once and is said', () => {
  const states = Object.keys(definition().States).filter(
    (state) =>
      ![
        'SayNotAdmitted',
        'NotAdmitted',
        'AlreadyHandled',
        'HandOverJob',
        'CancelCommand',
        'Settle',
        'Settled',
      ].includes(state),
  );
  test.each(states)('after %s', async (state) => {
    const reports = await Promise.all([
      act({ faults: [{ abort: state, runs: [2] }] }, first),
      act({ faults: [{ abort: state, runs: [2] }, { events: 'lost' }] }, first),
    ]);
    for (const report of reports) {
      expect(report.violations).toEqual([]);
      expect(runsOf(report)).toHaveLength(6);
      expect(runsOf(report)[1]).toMatchObject({ key: '2026-11-02T09:00', status: 'aborted' });
      expect(loud(report)).toContain('critical: makenaide 09:00 was cut off');
      // Whatever was left on was off again before the next run at 15:00.
      expect(runsOf(report)[2]).toMatchObject({ status: 'succeeded', by: 'schedule' });
      expect(report.control.apiCalls['ec2.StartInstances']).toBe(
        ['Admit', 'IsAdmitted', 'InspectInstance', 'IsOurs', 'ClaimInstance', 'ArmSafetyStop'].includes(state) ? 5 : 6,
      );
    }
  });
});

function definition(): { States: Record<string, unknown> } {
  const sub = packaged('ec2-batch').template.Resources['RunBatch']?.Properties?.['DefinitionString'];
  const [text = '{}'] = (sub as { 'Fn::Sub': [string] })['Fn::Sub'];
  return JSON.parse(text);
}
