// How functions are bundled. CommonJS because it starts faster than ESM and `sls invoke local` hangs on ESM.
module.exports = {
  bundle: true,
  minify: true,
  format: 'cjs',
  target: 'node24',
  outputFileExtension: '.cjs',
  mainFields: ['module', 'main'],
  exclude: [],
};
