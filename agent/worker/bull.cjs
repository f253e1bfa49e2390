// A worker of Bull 3 and 4 that scaling in never kills at work. Copy this folder beside your own code.
const { drainOnSigterm } = require('./draining.cjs');
const { taskProtection } = require('./protection.cjs');

/**
 * @param {object} queue a Queue of Bull
 * @param {(job) => Promise<unknown>} work your own processor; a promise, not a callback
 * @param {{ concurrency?: number, longestJobSeconds?: number, stopTimeoutSeconds?: number, lingerSeconds?: number, onEnd?: () => unknown }} settings
 *   longestJobSeconds and stopTimeoutSeconds as in the stage file: only where a job can take longer than the container has to
 *   end is the task protected.
 */
function runQueue(
  queue,
  work,
  { concurrency = 1, longestJobSeconds = 120, stopTimeoutSeconds = 120, ...settings } = {},
) {
  const protection = taskProtection({ longestJobSeconds, ...settings });
  const isProtecting = longestJobSeconds > stopTimeoutSeconds;
  const protectedWork = async (job) => {
    const release = await protection.hold();
    try {
      return await work(job);
    } finally {
      release();
    }
  };
  queue.on('error', (error) => console.error(`lamplighter: ${error.message}`));
  queue.process(concurrency, isProtecting ? protectedWork : (job) => work(job));
  drainOnSigterm(() => queue.close(), protection, { stopTimeoutSeconds, ...settings });
  return queue;
}

module.exports = { runQueue };
