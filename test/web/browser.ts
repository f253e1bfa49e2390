import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals';
import axeCore from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, launch, SIZES } from './chromium.ts';

const INSTALL = 'sudo apt-get install chromium';

export interface Look extends BrowserContextOptions {
  size?: keyof typeof SIZES;
  scheme?: 'light' | 'dark';
  /** Before the page is loaded: its clock, its routes. */
  init?: (page: Page) => Promise<unknown>;
}

/** A Chromium of a test file; what it has opened is closed after each test. */
export interface Browsing {
  /** Opens an address in a context of its own, Korean time unless another is said. */
  open(url: string, look?: Look): Promise<Page>;
  /** What went wrong on a page since it was opened: its console's errors, broken policies, exceptions, requests. */
  problems(page: Page): string[];
}

/** Tests that want a real Chromium: without one they are skipped and say so; where `CI` is set that is a failure. */
export function describeInBrowser(name: string, tests: (browser: Browsing) => void): void {
  const program = findChromium();
  const without = `no Chromium on the PATH or at CHROMIUM_PATH. Install it: ${INSTALL}`;
  if (!program && process.env['CI'])
    test('in CI - Chromium is installed', () => {
      throw new Error(without);
    });
  // Jest lists skipped tests only when asked to.
  if (!program) process.stderr.write(`${name} is skipped: ${without}\n`);
  (program ? describe : describe.skip)(name, () => {
    const browsing = new OneBrowser();
    beforeAll(() => browsing.start(program ?? ''));
    afterEach(() => browsing.closePages());
    afterAll(() => browsing.stop());
    tests(browsing);
  });
}

class OneBrowser implements Browsing {
  private browser?: Browser;
  private readonly found = new Map<Page, string[]>();

  async start(program: string): Promise<void> {
    this.browser = await launch(program);
  }

  async open(url: string, { size = 'desktop', scheme = 'light', init, ...options }: Look = {}): Promise<Page> {
    if (!this.browser) throw new Error('open a page within a test, not while tests are described');
    const context = await this.browser.newContext({
      ...SIZES[size],
      ...{ colorScheme: scheme, timezoneId: 'Asia/Seoul', locale: 'en-GB', reducedMotion: 'reduce' },
      ...options,
    });
    // Other tests may have the processors.
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const found: string[] = [];
    this.found.set(page, found);
    page.on('console', (message) => message.type() === 'error' && found.push(message.text()));
    page.on('pageerror', (error) => found.push(String(error)));
    page.on('requestfailed', (request) => found.push(`${request.url()}: ${request.failure()?.errorText}`));
    await init?.(page);
    await page.goto(url);
    return page;
  }

  problems(page: Page): string[] {
    return this.found.get(page) ?? [];
  }

  async closePages(): Promise<void> {
    await Promise.all((this.browser?.contexts() ?? []).map((context) => context.close()));
    this.found.clear();
  }

  async stop(): Promise<void> {
    await this.browser?.close();
  }
}

interface AxeResult {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** What axe finds against a page as it is now, as `rule at target: why`; expect none. */
export async function axe(page: Page): Promise<string[]> {
  // By the debugger: no policy of the page has to be loosened for it.
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate<AxeResult>('axe.run({ resultTypes: ["violations"] })');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** By how many pixels a page is wider than its window. */
export function widthOver(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
