import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { buildPage, type Page, writeWeb } from '../../web/build.ts';
import { PAGE_HEADERS } from '../../web/headers.ts';

/** What somebody on a phone loads, in bytes. */
const MOST = 100_000;

const PAGES: Page[] = ['status', 'rehearsal'];

describe.each(PAGES)('the page %s', (page) => {
  test('built twice - the same bytes', async () => {
    expect(await buildPage(page)).toEqual(await buildPage(page));
  });

  test('compressed - at most 100 kB in all', async () => {
    const sizes = Object.values(await buildPage(page)).map((text) => gzipSync(text).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST);
  });

  test('as a policy without inline scripts, styles and other hosts wants it - none of these', async () => {
    const files = await buildPage(page);
    const { 'index.html': html = '', ...assets } = files;
    expect(html).not.toMatch(
      /<style|\sstyle=|\son\w+=|<script(?![^>]* src="main-\w{8}\.js")|(src|href)="(https?:)?\/\//,
    );
    for (const name of Object.keys(assets)) expect(html).toContain(`"${name}"`);
    const styles = Object.keys(assets).filter((name) => name.endsWith('.css'));
    for (const name of styles) expect(assets[name]).not.toMatch(/@import|url\((?!["']?data:)/);
  });
});

test('what is deployed - one flat folder, without what was there before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-web-'));
  try {
    mkdirSync(join(folder, 'status'));
    writeFileSync(join(folder, 'status/main-OLDOLDOL.js'), '');
    await writeWeb(folder);
    // Not by their names, whose hashes are of what is in them.
    const files = readdirSync(join(folder, 'status')).sort((one, other) => extname(one).localeCompare(extname(other)));
    expect(files).toEqual([
      expect.stringMatching(/^main-\w{8}\.css$/),
      'index.html',
      expect.stringMatching(/^main-\w{8}\.js$/),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the policy - nothing but what lies beside the page', () => {
  const policy = PAGE_HEADERS['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
