import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildModule } from '../../../web/build.ts';

test.each([
  ['lamplighter-gate', 5_000],
  ['use-lamplighter', 2_000],
])(
  '%s - is one module of at most %d bytes as it is sent, the same each time, and loads nothing',
  async (name, bytes) => {
    const module = await buildModule(`gate/${name}.ts`, { external: ['react'] });
    expect(brotliCompressSync(module).length).toBeLessThanOrEqual(bytes);
    expect(await buildModule(`gate/${name}.ts`, { external: ['react'] })).toBe(module);
    expect([...module.matchAll(/\bfrom ?"([^"]*)"|\bimport\b/g)].map(([, from]) => from ?? 'import')).toEqual(
      name === 'use-lamplighter' ? ['import', 'react'] : [],
    );
  },
);
