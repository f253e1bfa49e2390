import { expect, test } from '@jest/globals';
import { act, loud } from './stage.ts';

// A Monday of what is no server of its own: a service of ECS and a group, and a server in a zone that is out.
const faults = [
  { incident: 'hang', workload: 'tasks', at: '2026-11-02T10:00' },
  { incident: 'crash', workload: 'tasks', at: '2026-11-02T12:00', cure: 'none' },
  { incident: 'zone', workload: 'fleet', at: '2026-11-02T10:00', lasts: '2h' },
  { incident: 'status-check', workload: 'fleet', at: '2026-11-02T14:00' },
  { incident: 'hang', workload: 'fleet', at: '2026-11-02T16:00' },
  { incident: 'zone', workload: 'app', at: '2026-11-02T13:00', lasts: '50m' },
  { incident: 'disk-full', workload: 'app', at: '2026-11-02T17:00', grows: '10m' },
];

test('what befalls tasks, a group and a zone - recovered where a step helps, and said where none does', async () => {
  const report = await act({ faults }, { stage: 'services', days: 1 });
  expect(report.violations).toEqual([]);
  expect(report.services?.incidents.map(({ workload, kind, helped }) => `${workload} ${kind}: ${helped}`)).toEqual([
    'tasks hang: redeploy',
    'fleet zone: replace',
    'tasks crash: a person',
    'app zone: itself',
    'fleet status-check: replace',
    'fleet hang: a person',
    'app disk-full: a person',
  ]);
  const said = loud(report).filter((title) => /needs a person|waits for your word/.test(title));
  expect(said).toEqual([
    'critical: tasks needs a person',
    'critical: app waits for your word',
    'critical: app needs a person',
    'critical: fleet needs a person',
    'critical: app needs a person',
  ]);
});
