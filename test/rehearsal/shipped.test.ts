import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rehearse } from '../../rehearsal/index.ts';
import { readScenario } from '../../rehearsal/scenario.ts';
import { packaged } from './stage.ts';

describe('every scenario that is shipped - no violation', () => {
  test.each(readdirSync('examples/scenarios'))('%s', async (file) => {
    const scenario = readScenario(`examples/scenarios/${file}`);
    const days = { from: scenario.from ?? '2026-11-01', days: scenario.days ?? 3 };
    const report = await rehearse({ ...packaged('ec2-batch'), ...days, scenario, seed: 1 });
    expect(report.violations).toEqual([]);
    expect(report.scenario).toBe(scenario.says);
  });
});
