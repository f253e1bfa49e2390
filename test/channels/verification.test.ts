import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { signature } from '../../functions/notify-webhook/signature.ts';

type IsOurs = (body: string, header: string | undefined, secret: string) => boolean;

/** The snippet of the guide, as a reader copies it. */
async function snippet(): Promise<IsOurs> {
  const [, code = ''] = /```js\n([\s\S]*?isOurs[\s\S]*?)```/.exec(readFileSync('docs/guide.md', 'utf8')) ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'lamplighter-guide-')), 'snippet.mjs');
  writeFileSync(file, code);
  return ((await import(file)) as { isOurs: IsOurs }).isOurs;
}

test('the guide’s verification - takes what we sign, and refuses the rest', async () => {
  const isOurs = await snippet();
  const body = '{"title":"밤 작업 🔥"}';
  const header = signature(body, 'key');
  expect(isOurs(body, header, 'key')).toBe(true);
  expect(isOurs(`${body} `, header, 'key')).toBe(false);
  expect(isOurs(body, header, 'another key')).toBe(false);
  expect(isOurs(body, header.replace(/t=\d/, 't=9'), 'key')).toBe(false);
  expect(isOurs(body, signature(body, 'key', Date.now() - 600_000), 'key')).toBe(false);
  expect(isOurs(body, undefined, 'key')).toBe(false);
});
