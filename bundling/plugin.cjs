// serverless-esbuild, except for commands that never package: they would wait longer for it to load than for their answer.
const NEVER_PACKAGE = ['ops', 'remove'];

module.exports = class Bundling {
  constructor(serverless, options, utils) {
    if (NEVER_PACKAGE.includes(serverless.processedInput.commands[0])) return;
    const ServerlessEsbuild = require('serverless-esbuild');
    // biome-ignore lint/correctness/noConstructorReturn: the framework makes the plugin, and this is the one that it is to have
    return new ServerlessEsbuild(serverless, options, utils);
  }
};
