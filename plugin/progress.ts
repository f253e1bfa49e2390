import { createRequire } from 'node:module';

/**
 * Ends the framework's line about what it is doing: it turns by itself until the process ends, over whatever is written.
 * Plugins are given lines of their own, and no way to this one; `progress.clear` is what the framework itself calls at its end.
 */
export function endProgress(): void {
  const require = createRequire(import.meta.url);
  const { progress } = require('serverless/lib/utils/serverless-utils/log.js') as { progress: { clear(): void } };
  progress.clear();
}
