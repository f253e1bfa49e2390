import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { showRehearsal } from '../../plugin/rehearse.ts';
import type { Report } from '../../rehearsal/index.ts';
import { aReport } from '../rehearsal/a-report.ts';
import { aStage } from '../shared/builders.ts';

let folder: string;
let printed: string;
let shown: [page: string, isOpened: boolean][];
let isRehearsed: boolean;
const { isTTY } = process.stdout;
const { CI } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-page-'));
  [printed, shown, isRehearsed] = ['', [], false];
  delete process.env['CI'];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.stdout.isTTY = isTTY;
  process.exitCode = undefined;
  if (CI !== undefined) process.env['CI'] = CI;
});

async function show(options: Record<string, string | boolean>, { isTerminal = true, report = aReport() } = {}) {
  process.stdout.isTTY = isTerminal;
  const serverless = {
    serviceDir: '/project',
    service: {
      custom: { estate: { compiled: aStage(), timezone: 'Asia/Seoul' } },
      provider: { compiledCloudFormationTemplate: { Resources: {} } },
    },
    pluginManager: { spawn: async () => undefined },
  } as unknown as Serverless;
  await showRehearsal(serverless, options, {
    rehearse: async () => {
      isRehearsed = true;
      return report;
    },
    pageOf: async ({ stage }: Report) => `the page of ${stage}`,
    endProgress: () => undefined,
    showPage: async (page, isOpened) => void shown.push([page, isOpened]),
  });
}

describe('showRehearsal', () => {
  test('on a terminal - the report is printed, its page shown and opened', async () => {
    await show({});
    expect(printed).toContain('Stage dev');
    expect(shown).toEqual([['the page of dev', true]]);
    expect(process.exitCode).toBeUndefined();
  });

  test('--no-open - only its address is told', async () => {
    await show({ open: false });
    expect(shown).toEqual([['the page of dev', false]]);
  });

  test('in a pipe, in CI, as JSON - it ends', async () => {
    await show({}, { isTerminal: false });
    await show({ json: true });
    process.env['CI'] = 'true';
    await show({});
    expect(shown).toEqual([]);
  });

  test('--serve, --no-serve - is what counts', async () => {
    await show({ serve: false });
    expect(shown).toEqual([]);
    await show({ serve: true, json: true }, { isTerminal: false });
    expect(shown).toHaveLength(1);
    expect(JSON.parse(printed.slice(printed.indexOf('{')))).toMatchObject({ stage: 'dev' });
  });

  test('--html - one file, and nothing is shown but with --serve', async () => {
    const file = join(folder, 'month.html');
    await show({ html: file });
    expect(readFileSync(file, 'utf8')).toBe('the page of dev');
    expect(shown).toEqual([]);
    await show({ html: file, serve: true });
    expect(shown).toHaveLength(1);
  });

  test('--html in a folder that is not there - said before the month, not after it', async () => {
    const file = join(folder, 'none', 'month.html');
    await expect(show({ html: file })).rejects.toThrow(
      `--html ${JSON.stringify(file)} cannot be used: expected a file in a folder that exists`,
    );
    expect(isRehearsed).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  test('a law was broken - the exit status says so, and the page is shown all the same', async () => {
    const violations = [{ law: 1, at: '2026-11-02T04:00:00+09:00', text: 'still on', history: [] }];
    await show({}, { report: aReport({ violations }) });
    expect(process.exitCode).toBe(1);
    expect(shown).toHaveLength(1);
  });
});
