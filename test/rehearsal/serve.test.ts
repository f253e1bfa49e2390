import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { type Server, serveLocally } from '../../rehearsal/serve/index.ts';
import type { HistoryAnswer, StatusAnswer } from '../../shared/status/answers.ts';
import { slotKey } from '../../shared/time/slots.ts';
import { writeWeb } from '../../web/build.ts';
import { packaged } from './stage.ts';

// The same functions as are deployed, asked by HTTP; what is on the page is for test/web.

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-serve-'));
const webFolder = join(folder, 'web');
const daysAgo = (days: number, zone: string) => slotKey(Date.now() - days * 86_400_000, zone).slice(0, 10);
let server: Server;

beforeAll(async () => {
  await writeWeb(webFolder);
  const ready = packaged('environment-hours');
  const from = daysAgo(3, ready.stage.timezone);
  server = await serveLocally({ ...ready, webFolder, from, scenario: parseScenario({}), seed: 1, port: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

test('the page - and what it loads', async () => {
  expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const page = await fetch(server.address);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const [, script = ''] = /src="([^"]+\.js)"/.exec(await page.text()) ?? [];
  const loaded = await fetch(`${server.address}${script}`);
  expect([loaded.status, loaded.headers.get('content-encoding')]).toEqual([200, 'gzip']);
});

test('status.json - of a stage that was deployed three days ago, just now', async () => {
  const before = Date.now();
  const response = await fetch(`${server.address}status.json`, { headers: { origin: 'https://app.example.com' } });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  const { title, at, workloads } = (await response.json()) as StatusAnswer;
  expect(title).toBe('Chat staging');
  // It is the same memory for ten seconds; and the clock is the one on the wall.
  expect(Date.parse(at)).toBeGreaterThan(before - 11_000);
  expect(Date.parse(at)).toBeLessThanOrEqual(Date.now() + 1000);
  expect(workloads).toMatchObject([{ name: 'chat-app', kind: 'environment' }]);
  expect(workloads[0]?.now).not.toBe('unknown');

  const again = await fetch(`${server.address}status.json?workload=chat-app`, {
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  });
  expect([200, 304]).toContain(again.status);
});

test('history.json - has the days since, and the runs in them', async () => {
  const { days, workloads, runs } = (await (await fetch(`${server.address}history.json`)).json()) as HistoryAnswer;
  expect(days).toHaveLength(90);
  expect(workloads[0]?.bars.slice(0, 80).every(({ level }) => level === 'unknown')).toBe(true);
  // On any three days in a row there is a time at which something starts or stops, but for holidays.
  expect(runs.every(({ name }) => name === 'chat-app')).toBe(true);
});

test('anything but a question - is not taken', async () => {
  expect((await fetch(server.address, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${server.address}nothing`)).status).toBe(404);
});

test('a port that is taken - said, and nothing is left running', async () => {
  const ready = packaged('environment-hours');
  const port = Number(new URL(server.address).port);
  const from = daysAgo(0, ready.stage.timezone);
  await expect(serveLocally({ ...ready, webFolder, from, scenario: parseScenario({}), seed: 1, port })).rejects.toThrow(
    'EADDRINUSE',
  );
});
