import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, launch, SIZES } from '../test/web/chromium.ts';
import { serveFiles } from '../test/web/serve.ts';
import { AT, history, status } from '../test/web/status/sample.ts';
import { buildPage } from '../web/build.ts';

/** Takes the pictures of the status page that the guide shows, with the installed Chromium. */

const PICTURES = [
  { file: 'status-desktop.png', size: 'desktop', scheme: 'light', from: 'now' },
  { file: 'status-month.png', size: 'desktop', scheme: 'dark', from: 'month' },
  { file: 'status-phone.png', size: 'phone', scheme: 'dark', from: 'now' },
] as const;

const folder = fileURLToPath(new URL('../docs/pages/', import.meta.url));
const program = findChromium();
if (!program) throw new Error('no Chromium on the PATH or at CHROMIUM_PATH: install it first');
mkdirSync(folder, { recursive: true });
const files = await buildPage('status');
const browser = await launch(program);
try {
  for (const { file, size, scheme, from } of PICTURES) {
    const served = await serveFiles({ ...files, 'status.json': status, 'history.json': history });
    const context = await browser.newContext({ ...SIZES[size], colorScheme: scheme, timezoneId: status.timezone });
    const page = await context.newPage();
    await page.clock.setFixedTime(AT);
    await page.goto(served.url);
    await page.locator('.plot canvas').first().waitFor();
    if (from === 'month') await page.locator('#month').evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: `${folder}${file}` });
    await context.close();
    await served.stop();
  }
} finally {
  await browser.close();
}
