import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { gateAsset, pageAsset } from '../../../functions/serve-page/assets.ts';
import { servePage } from '../../../functions/serve-page/handler.ts';
import type { Output } from '../../../functions/serve-status/contract.ts';
import { serveStatus } from '../../../functions/serve-status/handler.ts';
import type { WorkloadNow } from '../../../shared/status/answers.ts';
import { writeWeb } from '../../../web/build.ts';
import { aStage } from '../../shared/builders.ts';
import { describeInBrowser } from '../browser.ts';
import { type Answer, type Served, serve } from '../serve.ts';
import { pass, stopClock } from './clock.ts';
import { site } from './world.ts';

const AT = '2026-11-20T10:00:00Z';
const OFF: WorkloadNow = {
  ...{ name: 'chat-app', kind: 'environment', now: 'off', up: false, why: { code: 'hours' } },
  ...{ since: '2026-11-20T09:03:11Z', opensAt: '2026-11-23T00:00:00Z' },
};
const ON: WorkloadNow = {
  name: 'chat-app',
  kind: 'environment',
  now: 'on',
  up: true,
  closesAt: '2026-11-20T11:00:00Z',
};

describeInBrowser('the gate, from serve-page and asking serve-status', (browser) => {
  let now: WorkloadNow;
  let origins: string[];
  let served: [method: string, status: number][];
  let lamplighter: Served;
  let app: Served;

  /** The function that is deployed, but for what it looks at. */
  async function answer({ method = '', url = '', headers }: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const request = {
      ...{ rawPath: pathname, queryStringParameters: Object.fromEntries(searchParams), cookies: [] },
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    };
    const head = { version: 1, stage: 'dev', title: 'Chat', at: AT, language: 'en', timezone: 'Asia/Seoul' } as const;
    if (pathname.endsWith('.js')) return answered(await servePage(request, assets));
    const nothing = () => Promise.reject(new Error('this is not asked for'));
    const told = await serveStatus(request, {
      ...{ secret: nothing, history: nothing, status: async () => ({ ...head, workloads: [now] }) },
      stage: () => aStage({ status: { access: 'public', origins, title: 'Chat', spending: false } }),
    });
    served.push([method, told.statusCode]);
    return answered(told);
  }

  function answered({ statusCode, headers, body, isBase64Encoded }: Output): Answer {
    const sent = body !== undefined && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
    return { status: statusCode, headers, ...sent };
  }

  let folder: string;
  const assets = {
    pageAsset: (path: string) => pageAsset(path, folder),
    gateAsset: (path: string) => gateAsset(path, folder),
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gate-served-'));
    await writeWeb(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    [now, served] = [ON, []];
    lamplighter = await serve(answer);
    const policy = `default-src 'none'; img-src data:; style-src 'self'; script-src ${lamplighter.url}; connect-src ${lamplighter.url}`;
    const gate = `<lamplighter-gate status="${lamplighter.url}status.json" workload="chat-app"><main><h1>Chat</h1></main></lamplighter-gate>`;
    app = await site(gate, {
      policy: { 'content-security-policy': policy },
      script: `${lamplighter.url}lamplighter-gate.js`,
    });
    origins = [new URL(app.url).origin];
  });
  afterEach(async () => {
    await Promise.all([lamplighter.stop(), app.stop()]);
  });

  const open = () => browser.open(app.url, { init: (it) => stopClock(it, AT) });
  const state = (page: Page) => page.locator('lamplighter-gate').getAttribute('state');

  test('it is switched off and on again - told without a health, simply, and 304 where nothing is new', async () => {
    const page = await open();
    await page.locator('lamplighter-gate[state=up]').waitFor();
    await pass(page, 60);
    now = OFF;
    await pass(page, 30);
    await page.getByRole('heading', { name: 'Closed for now' }).waitFor();
    expect(await page.locator('time').textContent()).toBe('Monday 23 November at 09:00 GMT+9');
    now = ON;
    await pass(page, 30);
    await page.locator('lamplighter-gate[state=up]').waitFor();
    expect(new Set(served.map(([method]) => method))).toEqual(new Set(['GET']));
    expect(served.slice(0, 4).map(([, status]) => status)).toEqual([200, 304, 304, 200]);
    expect(browser.problems(page)).toEqual([]);
  });

  test('the stage file does not name the origin - the browser keeps the answer to itself, and nothing is hidden', async () => {
    [now, origins] = [OFF, ['https://other.example.com']];
    const page = await open();
    await pass(page, 30);
    expect(served.length).toBeGreaterThan(3);
    expect(await state(page)).toBe('unknown');
    expect(await page.getByRole('heading', { name: 'Chat' }).isVisible()).toBe(true);
    expect(browser.problems(page).join()).toContain('CORS');
  });
});
