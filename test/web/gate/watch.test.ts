import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Clock, install } from '@sinonjs/fake-timers';
import { watching, watch as watchOf } from '../../../web/gate/watch.ts';

/** Both addresses of a page, on a clock that is moved by hand. */
class Page {
  readonly clock: Clock = install({
    now: Date.parse('2026-11-20T00:00:00Z'),
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
  });
  readonly asked: [second: number, address: string, cache?: string][] = [];
  readonly warned: string[] = [];
  answers: Record<string, () => Response | Promise<Response>> = {};
  isAway = false;
  returned: () => void = () => {};
  readonly effects = {
    fetch: async (input: unknown, options?: RequestInit) => {
      this.asked.push([(Date.now() - Date.parse('2026-11-20T00:00:00Z')) / 1000, String(input), options?.cache]);
      const answer = this.answers[new URL(String(input)).pathname];
      if (!answer) throw new TypeError('Failed to fetch');
      return answer();
    },
    now: () => Date.now(),
    warn: (text: string) => void this.warned.push(text),
    isAway: () => this.isAway,
    onReturn: (callback: () => void) => {
      this.returned = callback;
      return () => {
        this.returned = () => {};
      };
    },
  };

  seconds(): number[] {
    return this.asked.filter(([, address]) => !address.includes('status')).map(([second]) => second);
  }
}

const SOURCES = {
  status: 'https://status.example.com/status.json',
  workload: 'chat-app',
  health: 'https://api.example.com/health',
};
const well = () => new Response('{"status":"UP"}');
const says = (entry: object) => () => Response.json({ workloads: [{ name: 'chat-app', ...entry }] });

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.clock.uninstall());

test('all is well - it is asked every half minute, both at once, past what browsers keep', async () => {
  page.answers = { '/health': well, '/status.json': says({ up: true, closesAt: '2026-11-20T09:00:00Z' }) };
  const watch = watching(SOURCES, page.effects);
  watch.subscribe(() => {});
  await page.clock.tickAsync(65_000);
  expect(watch.get()).toEqual({ state: 'up', closesAt: '2026-11-20T09:00:00Z' });
  expect(page.asked).toEqual([
    ...[0, 30, 60].flatMap((second) => [
      [second, 'https://api.example.com/health', 'no-store'],
      [second, 'https://status.example.com/status.json?workload=chat-app', 'no-cache'],
    ]),
  ]);
});

test('it goes away and comes back - three times after 5 seconds, then every 30, and up again by itself', async () => {
  page.answers = { '/health': well, '/status.json': says({ up: true }) };
  const watch = watching(SOURCES, page.effects);
  const states: string[] = [];
  watch.subscribe(() => states.push(watch.get().state));
  await page.clock.tickAsync(20_000);
  page.answers = {};
  await page.clock.tickAsync(100_000);
  page.answers = { '/health': well };
  await page.clock.tickAsync(30_000);
  expect(page.seconds()).toEqual([0, 30, 35, 40, 45, 75, 105, 135]);
  expect(states).toEqual(['up', 'up', 'up', 'up', 'down', 'down', 'down', 'up']);
});

test('it is switched off by plan - closed at the first look that sees it, with its time', async () => {
  page.answers = { '/health': well };
  const watch = watching(SOURCES, page.effects);
  watch.subscribe(() => {});
  await page.clock.tickAsync(1_000);
  page.answers = {
    '/health': () => new Response('', { status: 503 }),
    '/status.json': says({ up: false, why: { code: 'hours' }, opensAt: '2026-11-23T00:00:00Z' }),
  };
  await page.clock.tickAsync(30_000);
  expect(watch.get()).toEqual({ state: 'down', why: 'hours', opensAt: '2026-11-23T00:00:00Z' });
});

test('nothing changes - whoever listens gets the same object, so that nothing is drawn again', async () => {
  page.answers = { '/health': well, '/status.json': says({ up: true, closesAt: '2026-11-20T09:00:00Z' }) };
  const watch = watching(SOURCES, page.effects);
  const got = new Set<unknown>();
  watch.subscribe(() => got.add(watch.get()));
  await page.clock.tickAsync(300_000);
  expect(got.size).toBe(1);
});

test('nobody sees the page - nothing is asked until somebody does, and then at once', async () => {
  page.answers = { '/health': well };
  const watch = watching(SOURCES, page.effects);
  watch.subscribe(() => {});
  await page.clock.tickAsync(1_000);
  page.isAway = true;
  await page.clock.tickAsync(3_600_000);
  expect(page.seconds()).toEqual([0]);
  page.isAway = false;
  page.returned();
  await page.clock.tickAsync(30_000);
  expect(page.seconds()).toEqual([0, 3_601, 3_631]);
});

test('nobody listens any more - nothing is asked any more, also by a look that was on its way', async () => {
  let answer: (response: Response) => void = () => {};
  page.answers = { '/health': () => new Promise((resolve) => (answer = resolve)) };
  const watch = watching(SOURCES, page.effects);
  const leave = watch.subscribe(() => {});
  const other = watch.subscribe(() => {});
  leave();
  other();
  answer(well());
  await page.clock.tickAsync(600_000);
  expect(page.seconds()).toEqual([0]);
});

test('a request of the application has failed - it is looked at now, once for all who ask', async () => {
  page.answers = { '/health': well };
  const watch = watching(SOURCES, page.effects);
  watch.subscribe(() => {});
  await page.clock.tickAsync(10_000);
  page.answers = {};
  const [one, two] = await Promise.all([watch.check(), watch.check()]);
  expect(one).toBe(two);
  await page.clock.tickAsync(16_000);
  expect(page.seconds()).toEqual([0, 10, 15, 20, 25]);
  expect(watch.get().state).toBe('down');
});

test('a server asks to be left alone - it is', async () => {
  page.answers = { '/health': () => new Response('', { status: 503, headers: { 'retry-after': '120' } }) };
  watching(SOURCES, page.effects).subscribe(() => {});
  await page.clock.tickAsync(130_000);
  expect(page.seconds()).toEqual([0, 120]);
});

test.each([
  ['a status of 500', () => new Response('', { status: 500 })],
  ['another page in its place', () => new Response('<title>Sign in</title>')],
  ['a body that says DOWN', () => new Response('{"status":"DOWN"}')],
  ['a body that breaks off', () => new Response(new ReadableStream({ pull: (it) => it.error(new Error('reset')) }))],
])('health answers with %s - it is not well', async (_, answer) => {
  page.answers = { '/health': answer };
  const watch = watching({ health: SOURCES.health, contains: '"UP"' }, page.effects);
  expect(await watch.check()).toEqual({ state: 'down' });
});

test.each([
  ['no JSON', () => new Response('<title>Sign in</title>')],
  ['null', () => Response.json(null)],
  ['a list', () => Response.json([1])],
  ['an object for a list', () => Response.json({ workloads: { 'chat-app': { up: false } } })],
  ['other workloads', () => Response.json({ workloads: [null, { name: 'other', up: false }] })],
  ['nobody knows', says({ up: null })],
  ['no truth value', says({ up: 'false' })],
  ['an error', () => Response.json({ error: { code: 'unavailable' } }, { status: 503 })],
])('status answers with %s - nothing is hidden for it', async (_, answer) => {
  page.answers = { '/status.json': answer };
  const { health: _health, ...alone } = SOURCES;
  expect(await watching(alone, page.effects).check()).toMatchObject({ state: 'unknown' });
});

test('status tells of times that are none and a reason that is no code - they are left out', async () => {
  page.answers = { '/status.json': says({ up: false, why: 'hours', opensAt: 'soon', since: 7, closesAt: null }) };
  expect(await watching(SOURCES, page.effects).check()).toEqual({ state: 'down' });
});

test('status does not show the workload - that is said once, with what to do', async () => {
  page.answers = {
    '/health': well,
    '/status.json': () => Response.json({ error: { code: 'unknown-workload' } }, { status: 404 }),
  };
  const watch = watching({ ...SOURCES, workload: 'chat"app' }, page.effects);
  watch.subscribe(() => {});
  await page.clock.tickAsync(90_000);
  expect(page.warned).toEqual([
    'Lamplighter: https://status.example.com/status.json does not show "chat"app". Give a workload that it shows.',
  ]);
  expect(watch.get()).toEqual({ state: 'up' });
  expect(page.asked[1]?.[1]).toBe('https://status.example.com/status.json?workload=chat%22app');
});

test('status wants a token, or there is nothing to ask - that is said', async () => {
  page.answers = { '/status.json': () => Response.json({ error: { code: 'no-token' } }, { status: 401 }) };
  await watching(SOURCES, page.effects).check();
  await watching({}, page.effects).check();
  expect(page.warned).toEqual([
    'Lamplighter: https://status.example.com/status.json answers 401. Give a public /status.json.',
    'Lamplighter: nothing to ask. Give a status and its workload, or a health.',
  ]);
});

test('two parts of a page ask the same - one watch; others have their own', () => {
  expect(watchOf({ ...SOURCES })).toBe(watchOf({ ...SOURCES }));
  expect(watchOf({ ...SOURCES, workload: 'other' })).not.toBe(watchOf(SOURCES));
});
