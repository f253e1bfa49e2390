import { fileURLToPath } from 'node:url';
import { findChromium, launch, SIZES } from '../test/web/chromium.ts';
import { site, World } from '../test/web/gate/world.ts';

/** Takes the pictures of the gate that its page shows, with the installed Chromium. */

const PICTURES = [
  {
    file: 'gate-desktop.png',
    size: 'desktop',
    scheme: 'light',
    entry: { why: { code: 'hours' }, opensAt: '2026-11-23T00:00:00Z' },
  },
  {
    file: 'gate-phone.png',
    size: 'phone',
    scheme: 'dark',
    entry: { why: { code: 'starting' } },
  },
] as const;

const program = findChromium();
if (!program) throw new Error('no Chromium on the PATH or at CHROMIUM_PATH: install it first');
const folder = fileURLToPath(new URL('../docs/pages/', import.meta.url));
const browser = await launch(program);
try {
  for (const { file, size, scheme, entry } of PICTURES) {
    const world = await World.start();
    const { status, workload, health } = world.sources;
    await world.goAway({ up: false, ...entry });
    const gate = `<lamplighter-gate status="${status}" workload="${workload}" health="${health}" contact="support@example.com">app</lamplighter-gate>`;
    const served = await site(gate, { policy: world.policy });
    const context = await browser.newContext({
      ...{ ...SIZES[size], colorScheme: scheme, timezoneId: 'Asia/Seoul', locale: 'en-GB', reducedMotion: 'reduce' },
    });
    const page = await context.newPage();
    await page.clock.setFixedTime('2026-11-20T10:00:00Z');
    await page.goto(served.url);
    await page.locator('lamplighter-gate[state=down]').waitFor();
    await page.screenshot({ path: `${folder}${file}` });
    await context.close();
    await Promise.all([served.stop(), world.stop()]);
  }
} finally {
  await browser.close();
}
