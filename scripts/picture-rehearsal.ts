import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageOf } from '../plugin/page.ts';
import { servePage } from '../plugin/show-page.ts';
import { rehearse } from '../rehearsal/index.ts';
import { readScenario } from '../rehearsal/scenario.ts';
import { findChromium, launch, SIZES } from '../test/web/chromium.ts';
import { packaged } from './bench/rehearsal.ts';

/** Takes the pictures of the page of a rehearsal that the guide shows: a bad month of the batch example, one run open. */

const PICTURES = [
  { file: 'rehearsal-desktop.png', size: 'desktop', scheme: 'light', span: 'Week' },
  { file: 'rehearsal-phone.png', size: 'phone', scheme: 'dark', span: 'Week' },
] as const;
const OPEN = 'run makenaide 2026-11-13T18:00';

const program = findChromium();
if (!program) throw new Error('no Chromium on the PATH or at CHROMIUM_PATH: install it first');
const pictures = fileURLToPath(new URL('../docs/pages/', import.meta.url));
mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-pictures-'));
const browser = await launch(program);
try {
  const scenario = readScenario('examples/scenarios/ec2-batch/bad-month.yml');
  const ready = packaged('examples/ec2-batch.yml', folder);
  const report = await rehearse({ ...ready, scenario, from: '2026-11-01', days: 30, seed: 1 });
  // The same picture on every machine.
  const served = await servePage(await pageOf({ ...report, wallSeconds: 3 }));
  for (const { file, size, scheme, span } of PICTURES) {
    const context = await browser.newContext({ ...SIZES[size], colorScheme: scheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${served.url}#${encodeURIComponent(OPEN)}`);
    await page.locator('.plot canvas').first().waitFor();
    await page.getByRole('button', { name: span, exact: true }).click();
    await page.screenshot({ path: `${pictures}${file}` });
    await context.close();
  }
  await served.close();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
