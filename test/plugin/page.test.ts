import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { pageOf } from '../../plugin/page.ts';
import { aReport } from '../rehearsal/a-report.ts';

/** What stands in elements of a kind, and their attributes. */
function elements(page: string, name: string): { attributes: string; text: string }[] {
  const found = page.matchAll(new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*?)</${name}>`, 'g'));
  return [...found].map(([, attributes = '', text = '']) => ({ attributes, text }));
}

const named = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('one file - nothing is loaded, and the policy lets what is in it run and nothing else', async () => {
  const page = await pageOf(aReport());
  expect(page).not.toMatch(/<link rel="stylesheet"|<script[^>]* src=|(src|href)="(https?:)?\/\/|@import/);
  const [script] = elements(page, 'script').filter(({ attributes }) => attributes.includes('module'));
  const [style] = elements(page, 'style');
  const [, policy] = page.match(/<meta http-equiv="content-security-policy" content="([^"]*)">/) ?? [];
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${named(script?.text ?? '')}`,
    `style-src ${named(style?.text ?? '')}`,
    ...['img-src data:', "base-uri 'none'", "form-action 'none'"],
  ]);
  // A policy holds for what comes after it.
  expect(page.indexOf('http-equiv')).toBeLessThan(page.search(/<(style|script|link)/));
});

test('a report whose texts end elements - stays data, and is read as it was', async () => {
  const report = aReport({ scenario: '</script><script>alert(1)</script><!-- $& $1' });
  const page = await pageOf(report);
  const data = elements(page, 'script').filter(({ attributes }) => attributes.includes('id="report"'));
  expect(data.map(({ text }) => JSON.parse(text))).toEqual([JSON.parse(JSON.stringify(report))]);
  expect(elements(page, 'script')).toHaveLength(2);
});

test('made twice - the same bytes', async () => {
  expect(await pageOf(aReport())).toBe(await pageOf(aReport()));
});
