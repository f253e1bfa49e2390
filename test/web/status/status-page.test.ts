import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { HistoryAnswer, StatusAnswer } from '../../../shared/status/answers.ts';
import { buildPage } from '../../../web/build.ts';
import { PAGE_HEADERS } from '../../../web/headers.ts';
import { axe, describeInBrowser, type Look, widthOver } from '../browser.ts';
import { type Answer, type Served, serve, serveFiles } from '../serve.ts';
import { AT, history, status } from './sample.ts';

describeInBrowser('the status page in Chromium', (browser) => {
  let files: Record<string, string>;
  let served: Served | undefined;

  beforeAll(async () => {
    files = await buildPage('status');
  });

  afterEach(async () => {
    await served?.stop();
    served = undefined;
  });

  const atThatTime = (page: Page) => page.clock.setFixedTime(AT);

  async function show(answers: { status?: StatusAnswer; history?: HistoryAnswer } = {}, look: Look = {}) {
    const { status: now = status, history: before = history } = answers;
    served = await serveFiles({ ...files, 'status.json': now, 'history.json': before });
    const page = await browser.open(served.url, { init: atThatTime, ...look });
    await page.locator('#incidents').waitFor();
    return page;
  }

  test.each([
    ['phone', 'light'],
    ['phone', 'dark'],
    ['desktop', 'light'],
    ['desktop', 'dark'],
  ] as const)('on a %s, %s - whole, within its width, and nothing for axe to find', async (size, scheme) => {
    const page = await show({}, { size, scheme });
    expect(await page.getByRole('status').textContent()).toBe('All is as it should be');
    expect(await page.locator('.plot canvas').count()).toBe(2);
    expect(await widthOver(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(browser.problems(page)).toEqual([]);
  });

  test('a plot drawn dark - in other colours than light', async () => {
    const page = await show();
    const light = await page.locator('.plot canvas').first().screenshot();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    expect(light.equals(await page.locator('.plot canvas').first().screenshot())).toBe(false);
  });

  test('the keyboard alone - days are gone along, tables opened, all runs shown', async () => {
    const page = await show();
    const days = page.getByRole('slider', { name: 'web: the last 90 days' });
    await tabTo(page, 'web: the last 90 days');
    expect(await days.getAttribute('aria-valuetext')).toBe('Fri 20 Nov: all well, 100 % up');
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft');
    expect(await days.getAttribute('aria-valuetext')).toBe('Sat 14 Nov: some trouble, 98.47 % up, 22\u00a0min down');
    expect(await page.locator('.bars .said').textContent()).toContain('22\u00a0min down');
    expect(await days.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('table', { name: 'web: the last 90 days' }).getByRole('row').count()).toBe(91);
    await tabTo(page, 'Spend by day');
    await page.keyboard.press('Home');
    expect(await page.getByRole('slider', { name: 'Spend by day' }).getAttribute('aria-valuetext')).toMatch(
      /^Sun 1 Nov: spent \$\d+\.\d\d, always on \$\d+\.\d\d$/,
    );
    expect(await page.locator('.plot .legend .day').textContent()).toBe('Sun 1 Nov');
    await tabTo(page, 'All 26');
    await page.keyboard.press('Enter');
    expect(await page.locator('.runs > li').count()).toBe(26);
    expect(await page.evaluate(() => document.activeElement?.querySelectorAll('.runs > li').length)).toBe(26);
    expect(await axe(page)).toEqual([]);
  });

  test('forty incidents of a service alone - eight, the others when asked for, and no runs', async () => {
    const [first] = history.incidents;
    const incidents = Array.from({ length: 40 }, (_, index) => ({
      ...{ name: 'web', what: 'down' as const, severity: 'critical' as const, steps: first?.steps ?? [] },
      from: new Date(Date.parse(AT) - index * 7_200_000).toISOString(),
      ...(index > 0 && { to: AT }),
    }));
    const page = await show({ history: { ...history, incidents, workloads: history.workloads.slice(3, 4) } });
    expect(await page.locator('.incidents > li').count()).toBe(8);
    expect(await page.locator('.incidents > .open').count()).toBe(1);
    await page.getByRole('button', { name: 'All 40' }).click();
    expect(await page.locator('.incidents > li').count()).toBe(40);
    expect(await page.locator('#runs').count()).toBe(0);
  });

  test('a finger on a day - it is told beneath', async () => {
    const page = await show({}, { size: 'phone' });
    const row = page.getByRole('slider', { name: 'web: the last 90 days' });
    const { width = 0, height = 0 } = (await row.boundingBox()) ?? {};
    await row.tap({ position: { x: (width * 58.5) / 90, y: height / 2 } });
    expect(await page.locator('.bars .said').textContent()).toBe(
      'Tue 20 Oct: much trouble, 93.33 % up, 1\u00a0h\u00a036\u00a0min down',
    );
  });

  test('a window that narrows - within its width before the plots are drawn anew, and after', async () => {
    const page = await show(
      {},
      {
        size: 'desktop',
        init: async (opened) => {
          await atThatTime(opened);
          await opened.addInitScript(noticeSizesLate);
        },
      },
    );
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await widthOver(page)).toBe(0);
    expect(await widest(page, '.plot canvas')).toBeGreaterThan(320);
    await page.evaluate(() => window.dispatchEvent(new Event('notice-sizes')));
    await page.waitForFunction(() => [...document.querySelectorAll('.plot canvas')].every((c) => c.clientWidth <= 320));
    expect(await widthOver(page)).toBe(0);
  });

  test('without JavaScript - the way to the same facts', async () => {
    served = await serveFiles(files);
    const page = await browser.open(served.url, { javaScriptEnabled: false });
    expect(await page.getByRole('link').first().getAttribute('href')).toBe('status.json');
  });

  test('names that are markup, or 200 letters long - text wherever they stand', async () => {
    const hostile = [
      '<script>window.hacked = 1</script>',
      '"><img src=x onerror="window.hacked=1">',
      "'; alert(1) //",
      '가'.repeat(200),
    ];
    const renamed = <T extends { name: string }>(all: T[]) =>
      all.map((one, index) => ({ ...one, name: hostile[index % hostile.length] ?? '' }));
    const title = `${hostile[0]}${hostile[3]}`;
    const page = await show(
      {
        status: {
          ...{ ...status, title },
          workloads: renamed(status.workloads.slice(0, 4)).map((one) => ({
            ...{ ...one, now: 'down' },
            why: { code: 'down', text: hostile[1] },
          })),
        },
        history: {
          ...{ ...history, title },
          workloads: renamed(history.workloads.slice(0, 4)),
          month: history.month && { ...history.month, workloads: renamed(history.month.workloads) },
          incidents: renamed([...history.incidents, ...history.incidents]).map((one) => ({ ...one, text: hostile[0] })),
          runs: renamed(history.runs.slice(0, 4)),
        },
      },
      { size: 'phone' },
    );
    for (const place of ['.card h3', '.rows h3', '.incidents h3 bdi', '.run bdi'])
      expect(await page.locator(place).allTextContents()).toEqual(hostile);
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(await page.title()).toContain(hostile[0]);
    expect(await page.locator('.legend bdi').allTextContents()).toEqual(expect.arrayContaining(hostile.slice(0, 3)));
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    expect(await page.locator('#page script, #page img').count()).toBe(0);
    // As narrow as WCAG's reflow wants it.
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await widthOver(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(browser.problems(page)).toEqual([]);
  });

  test('a stage that speaks Korean - so does the page', async () => {
    const page = await show({ status: { ...status, language: 'ko' } });
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.locator('h2').allTextContents()).toEqual(['현재 상태', '최근 90일', '이번 달', '장애', '실행']);
    expect(await page.locator('.card').nth(2).textContent()).toContain('11월 23일 (월) 09:00까지 일시 중지되었습니다.');
    expect(await axe(page)).toEqual([]);
  });

  test('the first of a month, before anything is reckoned - no plots of nothing', async () => {
    const page = await show({ history: { ...history, month: history.month && { ...history.month, days: [] } } });
    expect(await page.locator('.plot').count()).toBe(0);
    expect(browser.problems(page)).toEqual([]);
  });

  test('a reader elsewhere - by their clock, and told so', async () => {
    const page = await show({}, { timezoneId: 'Europe/Berlin' });
    expect(await page.locator('.card').first().textContent()).toContain('Starts 07:00, in 58\u00a0min.');
    expect(await page.locator('footer').textContent()).toContain(
      'Times are those of Europe/Berlin; days and runs go by Asia/Seoul.',
    );
  });

  test('nothing reckoned, nothing run - said, not left empty', async () => {
    const { month: _, ...others } = history;
    const page = await show({ history: { ...others, incidents: [], runs: [] } });
    expect(await page.locator('main').textContent()).toMatch(
      /Nothing was reckoned this month\..*None in 90 days\..*No run yet\./,
    );
  });

  test('the server goes away and comes back - the last answer stays, said to be old, until there is a new one', async () => {
    let answer: Answer | undefined = { body: JSON.stringify(status) };
    served = await serve(({ url = '' }) => {
      if (url === '/status.json') return answer ?? { status: 503, body: '{"error":{"code":"unavailable"}}' };
      const name = url.slice(1) || 'index.html';
      if (url === '/history.json') return { body: JSON.stringify(history) };
      return { body: files[name], headers: { ...PAGE_HEADERS, 'content-type': typeOf(name) } };
    });
    const page = await browser.open(served.url, { init: (opened) => opened.clock.install({ time: AT }) });
    await page.locator('#now').waitFor();
    answer = undefined;
    await pass(page, 31);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/this is how it was at 14:02\. Asked again in \d+ s\./);
    expect(await page.locator('.card').count()).toBe(5);
    answer = { body: JSON.stringify({ ...status, title: 'Back again' }) };
    await pass(page, 31);
    await page.getByRole('heading', { name: 'Back again' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('whoever may not look - told so, in the language of their browser', async () => {
    served = await serve(({ url = '' }) => {
      const name = url.slice(1) || 'index.html';
      const body = files[name];
      if (body === undefined) return { status: 401, body: '{"error":{"code":"no-token"}}' };
      return { body, headers: { ...PAGE_HEADERS, 'content-type': typeOf(name) } };
    });
    const page = await browser.open(served.url, { locale: 'ko-KR' });
    await page.getByText('토큰이 있어야 볼 수 있습니다').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

function widest(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluateAll((all) => Math.max(...all.map((one) => one.clientWidth)));
}

/** In the page: a browser with much to do, that tells of new sizes only when the test says so. */
function noticeSizesLate(): void {
  window.ResizeObserver = class extends ResizeObserver {
    constructor(notice: ResizeObserverCallback) {
      super((...told) => window.addEventListener('notice-sizes', () => notice(...told), { once: true }));
    }
  };
}

/** Lets time pass for a page, second by second: an answer of the real server takes none of it, and no question times out. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await page.clock.runFor(1000);
}

/** Goes on by Tab until what has the focus is named so. @throws Error when nothing is */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.textContent;
    });
    if (focused === name) return;
  }
  throw new Error(`Tab never came to ${name}`);
}

function typeOf(name: string): string {
  if (name.endsWith('.css')) return 'text/css';
  return name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
}
