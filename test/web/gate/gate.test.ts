import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, type Look } from '../browser.ts';
import type { Served } from '../serve.ts';
import { pass, stopClock, violations } from './clock.ts';
import { site, World } from './world.ts';

const NOW = '2026-11-20T10:00:00Z';
const CLOSED = { up: false, why: { code: 'hours' }, opensAt: '2026-11-23T00:00:00Z' } as const;
const APP = `<main><h1>Chat</h1><label>Message <input id="message"></label>
  <div class="box"><div class="tall"></div></div><dialog><label>Name <input id="name"></label></dialog><p class="tall"></p></main>`;

describeInBrowser('the gate', (browser) => {
  let world: World;
  const sites: Served[] = [];
  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    await Promise.all([world, ...sites.splice(0)].map((one) => one.stop()));
  });

  interface Opened extends Look {
    lang?: string;
    app?: string;
    /** What the gate comes to be. */
    wanted?: string;
  }

  /** @param attributes of the gate, beside its sources */
  async function open(attributes = '', { lang, app = APP, wanted = 'up', ...look }: Opened = {}): Promise<Page> {
    const { health, status, workload } = world.sources;
    const gate = `<lamplighter-gate health="${health}" status="${status}" workload="${workload}" ${attributes}>${app}</lamplighter-gate>`;
    const served = await site(app.includes('lamplighter-gate') ? app : gate, {
      policy: world.policy,
      ...(lang && { lang }),
    });
    sites.push(served);
    const page = await browser.open(served.url, { ...look, init: (it) => stopClock(it, NOW) });
    await state(page, wanted);
    return page;
  }

  /** Waits until the gate is so. */
  const state = (page: Page, wanted: string) =>
    page.locator(`lamplighter-gate[state=${wanted}]`).waitFor({ state: 'attached' });
  const check = (page: Page) => page.evaluate(() => document.querySelector('lamplighter-gate')?.check());
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { activeElement } = document;
      return (
        (activeElement?.shadowRoot?.activeElement ?? activeElement)?.id ||
        activeElement?.shadowRoot?.activeElement?.className
      );
    });
  const said = (page: Page) => page.getByRole('status').textContent();

  test('its server goes away and comes back - hidden after the retries, shown again by itself, and all as it was', async () => {
    const page = await open();
    await page.click('#message');
    await page.keyboard.type('not sent yet');
    await page.evaluate(() => {
      document.querySelector('input')?.setSelectionRange(4, 8);
      document.querySelector('.box')?.scrollTo(0, 500);
      scrollTo(0, 700);
    });
    await world.goAway();
    await pass(page, 30);
    expect(await page.getByRole('heading', { name: 'Chat' }).isVisible()).toBe(true);
    await pass(page, 15);
    await page.getByRole('heading', { name: 'Not available' }).waitFor();
    await page.getByRole('button', { name: 'Look again' }).click({ trial: true });
    expect(await page.getByText('What you have entered is kept.').isVisible()).toBe(true);
    expect(await page.locator('#message').isVisible()).toBe(false);
    expect(await focused(page)).toBe('page');

    await world.comeBack();
    await pass(page, 30);
    await state(page, 'up');
    expect(await page.getByRole('heading', { name: 'Not available' }).isVisible()).toBe(false);
    expect(await page.inputValue('#message')).toBe('not sent yet');
    expect(await focused(page)).toBe('message');
    expect(
      await page.evaluate(() => {
        const { selectionStart, selectionEnd } = document.querySelector('input') ?? {};
        return [selectionStart, selectionEnd, document.querySelector('.box')?.scrollTop, scrollY];
      }),
    ).toEqual([4, 8, 500, 700]);
    expect(await said(page)).toBe('It is open again.');
    await page.getByRole('heading', { name: 'Chat' }).click({ trial: true });
  });

  test.each([
    ['phone', 'light', 'ko', 'ko-KR', '지금은 운영 시간이 아닙니다', '11월 23일 월요일 오전 9:00 GMT+9'],
    ['phone', 'dark', 'en', 'en-GB', 'Closed for now', 'Monday 23 November at 09:00 GMT+9'],
    ['desktop', 'light', 'en', 'en-US', 'Closed for now', 'Monday, November 23 at 9:00 AM GMT+9'],
    ['desktop', 'dark', 'ko', 'ko-KR', '지금은 운영 시간이 아닙니다', '11월 23일 월요일 오전 9:00 GMT+9'],
  ] as const)(
    "off by plan, %s, %s, %s - its time in the reader's zone, nothing for axe, nothing cut off",
    async (size, scheme, lang, locale, title, time) => {
      const page = await open('contact="support@example.com"', { size, scheme, lang, locale });
      await world.goAway(CLOSED);
      await check(page);
      await page.getByRole('heading', { name: title }).waitFor();
      expect(await page.locator('time').textContent()).toBe(time);
      expect(await page.getByRole('link').getAttribute('href')).toBe('mailto:support@example.com');
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => [scrollX, document.documentElement.scrollWidth > innerWidth])).toEqual([
        0,
        false,
      ]);
      expect(browser.problems(page).filter((text) => !/ERR_CONNECTION_REFUSED/.test(text))).toEqual([]);
    },
  );

  test('it is off when somebody comes - closed, and nothing is said of what was never entered', async () => {
    await world.goAway(CLOSED);
    const page = await open('', { wanted: 'down' });
    await page.getByRole('heading', { name: 'Closed for now' }).waitFor();
    expect(await page.getByText('it comes back by itself').textContent()).toBe(
      'You need not reload: it comes back by itself.',
    );
    await world.comeBack();
    await pass(page, 5);
    await state(page, 'up');
  });

  test('a reader elsewhere - in their own zone', async () => {
    const page = await open('', { timezoneId: 'America/New_York' });
    await world.goAway(CLOSED);
    await check(page);
    expect(await page.locator('time').textContent()).toMatch(/^Sunday 22 November at 19:00 (GMT-5|EST)$/);
    expect(await page.locator('time').getAttribute('datetime')).toBe(CLOSED.opensAt);
  });

  test('time goes by while it is closed - what is left of it is said anew, and that it is late', async () => {
    const page = await open();
    await world.goAway({ ...CLOSED, opensAt: '2026-11-20T10:10:00Z' });
    await check(page);
    expect(await page.getByText('in 10 minutes').isVisible()).toBe(true);
    await page.clock.fastForward('08:00');
    await page.getByText('in 2 minutes').waitFor();
    await page.clock.fastForward('05:00');
    await page.getByText('Should have opened').waitFor();
  });

  test('only the keyboard - the page, its button, its link, and nothing of what is hidden', async () => {
    const page = await open('contact="https://example.com/help"');
    await page.focus('#message');
    await world.goAway(CLOSED);
    await check(page);
    const stops = [];
    for (let stop = 0; stop < 3; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
    }
    expect(stops.slice(0, 2)).toEqual(['again', 'link']);
    expect(stops[2]).not.toBe('message');
    await page.getByRole('button', { name: 'Look again' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('lamplighter-gate').getByText('Not yet.').first().waitFor();
    expect(await said(page)).toBe('Not yet.');
    await world.comeBack();
    await page.keyboard.press('Enter');
    await state(page, 'up');
    expect(await focused(page)).toBe('message');
  });

  test('nobody was at it - the focus stays where it is, and the page is said', async () => {
    const page = await open();
    await world.goAway(CLOSED);
    await check(page);
    expect(await focused(page)).toBeUndefined();
    expect(await said(page)).toMatch(
      /^Closed for now It is switched off outside its hours\. Opens again Monday 23 November/,
    );
  });

  test('a dialog of the application is open - the page stands before it, and Escape does not change that', async () => {
    const page = await open();
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    await page.fill('#name', 'half a name');
    await world.goAway(CLOSED);
    await check(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Look again' }).click();
    expect(await violations(page)).toEqual([]);
    await world.comeBack();
    await check(page);
    await page.locator('#name').click();
    expect(await page.inputValue('#name')).toBe('half a name');
    expect(await focused(page)).toBe('name');
  });

  test('/status.json cannot be read - a running application stays, one that is away does not', async () => {
    const page = await open();
    world.entry = undefined;
    await pass(page, 60);
    expect(await page.getByRole('heading', { name: 'Chat' }).isVisible()).toBe(true);
    await world.goAway(undefined);
    await pass(page, 50);
    await page.getByRole('heading', { name: 'Not available' }).waitFor();
  });

  test('the page is in the background - nothing is asked until somebody looks', async () => {
    const page = await open();
    const show = (visibility: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await show('hidden');
    const before = world.asked.length;
    await pass(page, 95);
    expect(world.asked).toHaveLength(before);
    await world.goAway(CLOSED);
    await show('visible');
    await state(page, 'down');
  });

  test("colours, parts and a page of one's own - are taken", async () => {
    const page = await open('class="own"');
    await world.goAway(CLOSED);
    await check(page);
    const title = page.getByRole('heading', { name: 'Closed for now' });
    const looks = await title.evaluate((it) => {
      const { color, backgroundColor } = getComputedStyle(it.closest('section') ?? it);
      return [getComputedStyle(it).fontStyle, color, backgroundColor];
    });
    expect(looks).toEqual(['italic', 'rgb(255, 255, 255)', 'rgb(1, 2, 3)']);
    await page.evaluate(() => {
      const own = Object.assign(document.createElement('h1'), { slot: 'closed', textContent: 'Our own page' });
      document.querySelector('lamplighter-gate')?.append(own);
    });
    expect(await page.getByRole('heading', { name: 'Our own page' }).isVisible()).toBe(true);
    expect(await title.isVisible()).toBe(false);
  });

  test('a gate within the main part of a page - is a region of it, and what is around stays', async () => {
    const { health } = world.sources;
    const app = `<main><h1>Site</h1><lamplighter-gate health="${health}" lang="ko"><p>part</p></lamplighter-gate><button id="around">Around</button></main>`;
    const page = await open('', { app });
    await page.focus('#around');
    await world.goAway();
    await check(page);
    await pass(page, 15);
    await page.getByRole('region', { name: '연결할 수 없습니다' }).waitFor();
    expect(await focused(page)).toBe('around');
    expect(await violations(page)).toEqual([]);
  });

  test('contact is an address, words, or what would run - a link only where nothing can', async () => {
    const page = await open();
    await world.goAway(CLOSED);
    await check(page);
    const link = page.locator('lamplighter-gate').getByRole('link');
    for (const [contact, href] of [
      ['javascript:alert(1)', null],
      ['<img src=x onerror=alert(1)>', null],
      ['Ask Kim, or "Lee"', null],
      ['support@example.com', 'mailto:support@example.com'],
      ['tel:+82212345678', 'tel:+82212345678'],
      ['https://example.com/help', 'https://example.com/help'],
    ] as const) {
      await page.evaluate(
        (value) => document.querySelector('lamplighter-gate')?.setAttribute('contact', value),
        contact,
      );
      expect((await link.count()) ? await link.getAttribute('href') : null).toBe(href);
      expect(await page.getByText(contact.replace(/^tel:/, '')).isVisible()).toBe(true);
    }
  });

  test('what changes - is told as an event, with how it is', async () => {
    const page = await open();
    await page.evaluate(() => {
      document.addEventListener('lamplighter-change', ({ detail, target }) => {
        document.title = `${detail.state} ${detail.why} ${(target as Element).localName}`;
      });
    });
    await world.goAway(CLOSED);
    await check(page);
    expect(await page.title()).toBe('down hours lamplighter-gate');
  });
});
