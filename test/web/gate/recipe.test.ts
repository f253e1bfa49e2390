import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { putGate } from '../../../scripts/gate.ts';
import { describeInBrowser } from '../browser.ts';
import { type Served, serveFiles } from '../serve.ts';
import { pass, stopClock, violations } from './clock.ts';
import { World } from './world.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CLOSED = { up: false, why: { code: 'hours' }, opensAt: '2026-11-23T00:00:00Z' } as const;

describeInBrowser('the recipe for Vite and React', (browser) => {
  let folder: string;
  let world: World;
  let site: Served;

  beforeAll(async () => {
    world = await World.start();
    folder = mkdtempSync(join(tmpdir(), 'react-gate-'));
    cpSync(join(ROOT, 'examples/react-gate'), folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await putGate(join(folder, 'src/lamplighter'));
    const { status, workload, health } = world.sources;
    const env = { ...process.env, VITE_STATUS: status, VITE_WORKLOAD: workload, VITE_HEALTH: health, NODE_OPTIONS: '' };
    const npx = (program: string, ...options: string[]) =>
      execFileSync(join(ROOT, 'node_modules/.bin', program), options, { cwd: folder, env, encoding: 'utf8' });
    // The types are those that an application sees; React's own writing of the element has them too.
    const typed = [
      "import './lamplighter/use-lamplighter.js';",
      'export const right = <lamplighter-gate status="/status.json" workload="chat-app" contact="Kim" lang="ko" />;',
      '// @ts-expect-error a number is no address',
      'export const wrong = <lamplighter-gate health={1} />;',
      "addEventListener('lamplighter-change', ({ detail }) => detail.opensAt?.slice());",
    ];
    writeFileSync(join(folder, 'src/typed.tsx'), typed.join('\n'));
    npx('tsc');
    npx('vite', 'build', '--logLevel', 'warn');
    const dist = join(folder, 'dist');
    const built = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(html|js|css)$/.test(name),
    );
    const files = built.map((name) => [name, readFileSync(join(dist, name), 'utf8')]);
    site = await serveFiles({ ...Object.fromEntries(files), 'favicon.ico': '' }, world.policy);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([world?.stop(), site?.stop()]);
  });

  async function use(path: string): Promise<Page> {
    await world.comeBack();
    const page = await browser.open(site.url + path, {
      init: (it) => stopClock(it, '2026-11-20T10:00:00Z'),
    });
    await page.fill('textarea', 'first');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('listitem').getByText('first').waitFor();
    await page.fill('textarea', 'not sent yet');
    return page;
  }

  async function goOn(page: Page): Promise<void> {
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['first']);
    expect(await page.inputValue('textarea')).toBe('not sent yet');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('listitem').getByText('not sent yet').waitFor();
    expect(browser.problems(page).filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  }

  test('a gate around the root, its server goes away and comes back - React goes on where it was', async () => {
    const page = await use('');
    await world.goAway(CLOSED);
    await pass(page, 30);
    await page.getByRole('heading', { name: 'Closed for now' }).waitFor();
    expect(await page.locator('textarea').isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await world.comeBack();
    await pass(page, 30);
    await page.locator('lamplighter-gate[state=up]').waitFor();
    expect(await page.locator('textarea').evaluate((it) => it === document.activeElement)).toBe(true);
    await goOn(page);
  });

  test('the hook, its server goes away and comes back - its own page, and React goes on where it was', async () => {
    const page = await use('hook.html');
    await world.goAway(CLOSED);
    await pass(page, 30);
    const title = page.getByRole('heading', { name: 'The chat is closed' });
    await title.waitFor();
    expect(await title.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await page.getByText(/^It opens again on Monday,? 23 November 2026 at 09:00\.$/).isVisible()).toBe(true);
    expect(await page.locator('textarea').isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await world.comeBack();
    await page.getByRole('button', { name: 'Look again' }).click();
    await title.waitFor({ state: 'detached' });
    await goOn(page);
  });
});
