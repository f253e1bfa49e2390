// TypeScript to JavaScript for jest, line for line; ts-jest needs a compiler API that TypeScript 7 does not have.
const { transformSync } = require('esbuild');

module.exports = {
  process(source, file) {
    const { code, map } = transformSync(source, {
      loader: file.endsWith('x') ? 'tsx' : 'ts',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      format: 'esm',
      target: 'node24',
      sourcemap: true,
      sourcefile: file,
    });
    return { code, map };
  },
};
