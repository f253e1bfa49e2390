import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pageOf } from '../../../plugin/page.ts';
import { servePage } from '../../../plugin/show-page.ts';
import type { Report } from '../../../rehearsal/report.ts';
import { axe, describeInBrowser, type Look, widthOver } from '../browser.ts';
import { aMonth, everything, HOSTILE } from './reports.ts';

describeInBrowser('the page of a rehearsal in Chromium', (browser) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lamplighter-page-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As a colleague opens it: from a file. */
  async function show(report: Report, look: Look & { hash?: string } = {}) {
    const file = join(folder, 'month.html');
    writeFileSync(file, await pageOf(report));
    const { hash = '', ...others } = look;
    const page = await browser.open(`${pathToFileURL(file)}${hash}`, others);
    await page.locator('#control').waitFor();
    return page;
  }
  const sheet = (page: Page) => page.getByRole('complementary');
  const run = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

  test.each([
    ['phone', 'light'],
    ['phone', 'dark'],
    ['desktop', 'light'],
    ['desktop', 'dark'],
  ] as const)('on a %s, %s - whole, within its width, and nothing for axe to find', async (size, scheme) => {
    const page = await show(everything(), { size, scheme, hash: '#run%20nightly%202026-11-01T09%3A00' });
    expect(await page.locator('.headline').textContent()).toBe('1 violation of the laws');
    expect(await page.locator('.plot canvas').count()).toBe(4);
    expect(await sheet(page).getByRole('heading', { level: 2 }).textContent()).toBe('nightly Sun 1 Nov, 09:00');
    expect(await widthOver(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(browser.problems(page)).toEqual([]);
  });

  test('nothing was on and nothing spent - a plot of what it would have been, none of zeros', async () => {
    const { workloads, ...month } = aMonth();
    const nightly = workloads['nightly'];
    const days = nightly?.days?.map(({ day }) => ({ day, onHours: 0, usd: 0 }));
    const page = await show({ ...month, workloads: nightly ? { nightly: { ...nightly, days, onHours: 0 } } : {} });
    expect(await page.locator('.plot h3').allTextContents()).toEqual(['Spend a day']);
  });

  test('a run is opened - how it ended, its states, its notices, and the fault of that time', async () => {
    const page = await show(aMonth());
    await run(page, /^Sun 1 Nov, 09:00: failed/).click();
    const text = (await sheet(page).textContent()) ?? '';
    expect(text).toContain('failed · JobFailed: exit code 3');
    const states = await sheet(page).locator('.states li').allTextContents();
    expect(states.map(spaced)).toEqual(['09:00:05 Admit', '09:00:27 AwaitCommand asked 31 times JobFailed7 min']);
    expect(await sheet(page).locator('.message strong').allTextContents()).toEqual(['nightly 09:00 failed']);
    expect(await sheet(page).locator('.meanwhile').textContent()).toContain('the job of nightly fails');
    await sheet(page).getByRole('button', { name: 'Close' }).click();
    expect(await sheet(page).count()).toBe(0);
    expect(new URL(page.url()).hash).toBe('');
  });

  test('beside a mark that is thinner than a finger - the nearest one opens', async () => {
    const page = await show(aMonth(), { size: 'phone' });
    const box = await run(page, /^Sun 1 Nov, 09:00: failed/).boundingBox();
    // Above it, in the same lane; another run lies on both sides.
    await page.touchscreen.tap((box?.x ?? 0) + 1, (box?.y ?? 0) - 1);
    expect(await sheet(page).getByRole('heading', { level: 2 }).textContent()).toBe('nightly Sun 1 Nov, 09:00');
  });

  test('the keyboard alone - along the runs, into one, to the next, back, nearer and farther', async () => {
    const page = await show(aMonth());
    await page.locator('.scroller').focus();
    for (let stop = 0; stop < 3; stop++) await page.keyboard.press('Tab');
    const focused = async () =>
      spaced((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? '');
    expect(await focused()).toBe('Sun 1 Nov, 02:00: succeeded, 8 min');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Sun 1 Nov, 09:00: failed, 8 min (JobFailed: exit code 3)');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    expect(await page.locator('.seen').textContent()).toBe('Sun 1 Nov – Sun 8 Nov');
    await page.keyboard.press('End');
    expect(await focused()).toMatch(/^Mon 30 Nov, 23:00: running/);
    expect(await page.locator('.seen').textContent()).toBe('Mon 23 Nov – Mon 30 Nov');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('nightly Mon 30 Nov, 23:00');
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/^Mon 30 Nov, 23:00: running/);
    await page.keyboard.press('0');
    expect(await page.locator('.seen').textContent()).toBe('Sun 1 Nov – Mon 30 Nov');
  });

  test('nearer, around what is open - it stays in view, and hours are named', async () => {
    const page = await show(aMonth());
    await run(page, /^Sat 14 Nov, 15:00/).click();
    await page.getByRole('button', { name: '3 h' }).click();
    expect(await page.locator('.seen').textContent()).toMatch(/^Sat 14 Nov, 13:3\d – 16:3\d$/);
    expect(await page.locator('.axis span').allTextContents()).toEqual(expect.arrayContaining(['14:00', '15:00']));
    expect(await run(page, /^Sat 14 Nov, 15:00/).isVisible()).toBe(true);
  });

  test('with Ctrl and the wheel - nearer, and what is under the pointer stays there', async () => {
    const page = await show(aMonth());
    const mark = run(page, /^Sat 14 Nov, 15:00/);
    const before = await mark.boundingBox();
    await page.mouse.move(before?.x ?? 0, before?.y ?? 0);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await page.waitForFunction(() => (document.querySelector('.scroller')?.scrollLeft ?? 0) > 0);
    expect((await mark.boundingBox())?.x).toBeCloseTo(before?.x ?? 0, -1);
  });

  test('names and texts that are markup, or 200 letters long - text wherever they stand', async () => {
    const page = await show(everything(HOSTILE), { size: 'phone' });
    expect(await page.locator('h1').textContent()).toBe(`Rehearsal of dev ${HOSTILE[0]}`);
    const lanes = await page.locator('.lane .name bdi').allTextContents();
    expect(lanes).toEqual(expect.arrayContaining(HOSTILE));
    expect(await page.locator('.legend bdi').allTextContents()).toEqual(expect.arrayContaining(HOSTILE.slice(0, 1)));
    await page.locator('.item.violation').first().click();
    expect(await sheet(page).locator('.history li').allTextContents()).toEqual([
      `it began so: ${HOSTILE[0]}`,
      HOSTILE[2],
    ]);
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    expect(await page.locator('#page script, #page img').count()).toBe(0);
    expect(await widthOver(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(browser.problems(page)).toEqual([]);
  });

  test('a stage that speaks Korean - so does the page', async () => {
    const page = await show({ ...everything(), language: 'ko' });
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.locator('.headline').textContent()).toBe('법칙 위반 1건');
    expect(await page.locator('main h2').allTextContents()).toEqual([
      ...['위반된 법칙', '일어난 일', '일별', '워크로드', '장애', '파이프라인', '큐', '알림', 'Lamplighter 자체 비용'],
    ]);
    expect(await axe(page)).toEqual([]);
  });

  test('served - under the same policy, without a fault', async () => {
    const served = await servePage(await pageOf(aMonth()));
    try {
      const page = await browser.open(served.url);
      await page.locator('#control').waitFor();
      expect(await run(page, /2026|Nov/).count()).toBeGreaterThan(180);
      expect(browser.problems(page)).toEqual([]);
    } finally {
      await served.close();
    }
  });
});

/** Numbers do not part from their units: told with a space that can be read here. */
function spaced(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
