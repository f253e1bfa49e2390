import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildGate } from '../../../web/build.ts';

test.each([
  ['lamplighter-gate.js', 5_000, []],
  ['use-lamplighter.js', 2_000, ['import', 'react']],
])(
  '%s - is one module of at most %d bytes as it is sent, the same each time, and loads %j',
  async (name, bytes, loaded) => {
    const { [name]: module = '' } = await buildGate();
    expect(brotliCompressSync(module).length).toBeLessThanOrEqual(bytes);
    expect(module.length).toBeGreaterThan(1_000);
    expect((await buildGate())[name]).toBe(module);
    expect([...module.matchAll(/\bfrom ?"([^"]*)"|\bimport\b/g)].map(([, from]) => from ?? 'import')).toEqual(loaded);
  },
);

test('a page is rendered on a server - loading the element there does nothing', async () => {
  const { 'lamplighter-gate.js': module = '' } = await buildGate();
  const loaded = await import(`data:text/javascript,${encodeURIComponent(module)}`);
  expect(Object.keys(loaded)).toEqual(['LamplighterGate']);
});
