import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { axe } from '../browser.ts';

const inFlight = new WeakMap<Page, number>();

/** Before a page is loaded: its clock stands still at a time, and its requests are counted. */
export async function stopClock(page: Page, time: string): Promise<void> {
  const count = (by: number) => inFlight.set(page, (inFlight.get(page) ?? 0) + by);
  page.on('request', () => count(1));
  page.on('requestfinished', () => count(-1));
  page.on('requestfailed', () => count(-1));
  await page.clock.install({ time: Date.parse(time) - 60_000 });
  await page.clock.pauseAt(time);
}

/** Lets the clock of a page go on, while the network takes the time that it takes. @param seconds of the page, in fives */
export async function pass(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await page.clock.runFor(5_000);
    do await setTimeout(10);
    while (inFlight.get(page));
    // What was answered has been read.
    await page.evaluate(() => document.readyState);
  }
}

/** What axe finds; it needs a clock that goes. */
export async function violations(page: Page): Promise<string[]> {
  await page.clock.resume();
  return axe(page);
}
