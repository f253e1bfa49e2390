// How functions are bundled; serverless-esbuild reads it as `custom.esbuild`. CommonJS because it starts faster than
// ESM and `sls invoke local` hangs on ESM. `module` before `main` because only ES modules can be shaken.
module.exports = {
  bundle: true,
  minify: true,
  format: 'cjs',
  target: 'node24',
  // Korean takes half of what its escapes would.
  charset: 'utf8',
  outputFileExtension: '.cjs',
  mainFields: ['module', 'main'],
  // The default leaves out `aws-sdk`, version 2, which no runtime has any more.
  exclude: [],
  plugins: 'bundling/plugins.ts',
  // Contexts for building again would keep the framework from ending when something cannot be built.
  skipRebuild: true,
};
