import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { showLocalRun } from '../../plugin/locally.ts';
import type { Local, LocalReport } from '../../rehearsal/local/index.ts';
import { aPipelineStage, aStep } from '../shared/pipeline/a-pipeline.ts';

const STEPS = [
  { name: 'check', status: 'succeeded' as const, seconds: 1, numbers: { followed: 1000 } },
  { name: 'kospi', status: 'failed' as const, seconds: 2, tries: 3, reason: 'JobFailed: it failed' },
];
const FAILED = { workload: 'collection', key: '2026-11-23T16:30', status: 'failed', reason: 'kospi did not succeed' };

let printed: string;
let ran: Local[];
let packaged: string[];
let report: LocalReport;
beforeEach(() => {
  [printed, ran, packaged] = ['', [], []];
  report = {
    runs: [{ ...FAILED, steps: STEPS }],
    notices: [{ severity: 'critical', title: 'It failed', lines: ['why'] }],
  };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

function show(options: Record<string, string | boolean>) {
  const serverless = {
    serviceDir: '/project',
    service: {
      custom: { estate: { compiled: aPipelineStage({ check: aStep(), kospi: aStep() }) } },
      provider: { compiledCloudFormationTemplate: { Resources: {} } },
    },
    pluginManager: { spawn: async (command: string) => void packaged.push(command) },
  } as unknown as Serverless;
  const runHere = async (local: Local) => {
    ran.push(local);
    return report;
  };
  return showLocalRun(
    serverless,
    { locally: 'collection', at: '2026-11-23T16:30', in: '/tmp', ...options },
    { runHere },
  );
}

describe('showLocalRun', () => {
  test('a run that failed - its steps, what would have been told, and the exit status', async () => {
    await show({});
    expect(packaged).toEqual(['package']);
    expect(ran).toEqual([expect.objectContaining({ pipeline: 'collection', key: '2026-11-23T16:30', folder: '/tmp' })]);
    expect(printed).toBe(
      [
        'collection 2026-11-23T16:30 failed: kospi did not succeed',
        '  check  succeeded  1 s  followed=1000',
        '  kospi  failed  2 s  3 tries  JobFailed: it failed',
        '',
        'critical: It failed',
        '  why',
        '',
      ].join('\n'),
    );
    expect(process.exitCode).toBe(1);
  });

  test('a run that succeeded, as JSON - the report, and no exit status', async () => {
    report = { runs: [{ ...FAILED, status: 'succeeded', steps: [] }], notices: [] };
    await show({ json: true });
    expect(JSON.parse(printed)).toEqual(report);
    expect(process.exitCode).toBeUndefined();
  });

  test.each([
    [{ locally: 'other' }, /--locally other: the stage has no such pipeline; it has: collection/],
    [{ at: '16:30' }, /--at 16:30: a local time/],
    [{ in: '/tmp/no-such-folder' }, /--in \/tmp\/no-such-folder: there is no such folder/],
  ])('%j - an error that names the option, before anything is packaged', async (options, message) => {
    await expect(show(options)).rejects.toThrow(message);
    expect([packaged, ran]).toEqual([[], []]);
  });
});
