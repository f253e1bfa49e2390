import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rehearse } from '../../rehearsal/index.ts';
import { readScenario } from '../../rehearsal/scenario.ts';
import { packaged } from './stage.ts';

// A folder of scenarios is named after the example that they are for.
const FROM = { 'ec2-batch': '2026-11-01', 'environment-hours': '2026-10-12' };

describe.each(Object.entries(FROM) as [keyof typeof FROM, string][])(
  'every scenario that is shipped for %s - no violation',
  (stage, usual) => {
    test.each(readdirSync(`examples/scenarios/${stage}`))('%s', async (file) => {
      const scenario = readScenario(`examples/scenarios/${stage}/${file}`);
      const days = { from: scenario.from ?? usual, days: scenario.days ?? 3 };
      const report = await rehearse({ ...packaged(stage), ...days, scenario, seed: 1 });
      expect(report.violations).toEqual([]);
      expect(report.scenario).toBe(scenario.says);
    });
  },
);

test('the folders of scenarios - are all rehearsed', () => {
  // Those of others have tests of their own: pipelines.test.ts, forty.test.ts and queues.test.ts.
  const others = ['daily-batch', 'external-monitoring', 'hybrid-queue-scaling'];
  expect(readdirSync('examples/scenarios').sort()).toEqual([...Object.keys(FROM), ...others].sort());
  expect(readdirSync('examples/scenarios/hybrid-queue-scaling')).toEqual(['hard-day.yml']);
  expect(readdirSync('examples/scenarios/external-monitoring')).toEqual(['forty-incidents.yml']);
});
