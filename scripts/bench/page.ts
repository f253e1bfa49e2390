import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { pageOf } from '../../plugin/page.ts';
import { findChromium, launch, SIZES } from '../../test/web/chromium.ts';
import { type Bench, median, type Row, round } from './bench.ts';
import { aMonth, EXAMPLES } from './rehearsal.ts';

const TURNS = 5;
/** From the click to what is seen. */
const SECOND = 1;
/** What a colleague is sent, with the month in it. */
const KILOBYTES = 150;

/** How long the page of a month takes to open, in a Chromium that is installed, from a file. */
export const rehearsalPage: Bench = {
  name: 'rehearsal page',
  run: async (progress) => {
    const program = findChromium();
    if (!program) throw new Error('no Chromium on the PATH or at CHROMIUM_PATH: install it first');
    const folder = mkdtempSync(join(tmpdir(), 'lamplighter-bench-'));
    const browser = await launch(program);
    try {
      const rows: Row[] = [];
      for (const example of Object.keys(EXAMPLES)) {
        progress(example);
        const html = await pageOf(await aMonth(example));
        const file = join(folder, 'page.html');
        writeFileSync(file, html);
        const seconds = await opened(browser, pathToFileURL(file).href);
        const measured = { seconds: round(median(seconds), 2), 'kB compressed': round(gzipSync(html).length / 1000) };
        rows.push({ what: `30 days of ${example}`, measured, budget: { seconds: SECOND, 'kB compressed': KILOBYTES } });
      }
      return rows;
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  },
};

/** From the click to the second frame after the last section is there: the first has been painted. In seconds. */
async function opened(browser: Browser, address: string): Promise<number[]> {
  const seconds: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const context = await browser.newContext(SIZES.desktop);
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('#control').waitFor();
    const milliseconds = await page.evaluate<number>(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))',
    );
    seconds.push(milliseconds / 1000);
    await context.close();
  }
  return seconds;
}
