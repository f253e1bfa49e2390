// A worker of BullMQ that scaling in never kills at work. Copy this folder beside your own code.
const { Worker } = require('bullmq');
const { drainOnSigterm } = require('./draining.cjs');
const { taskProtection } = require('./protection.cjs');

/**
 * @param {string} queue
 * @param {(job, token: string) => Promise<unknown>} work your own processor
 * @param {object} options of BullMQ's Worker: connection, concurrency, prefix …
 * @param {{ longestJobSeconds?: number, stopTimeoutSeconds?: number, lingerSeconds?: number, onEnd?: () => unknown }} settings
 *   longestJobSeconds and stopTimeoutSeconds as in the stage file: only where a job can take longer than the container has to
 *   end is the task protected.
 */
function runWorker(queue, work, options, { longestJobSeconds = 120, stopTimeoutSeconds = 120, ...settings } = {}) {
  const protection = taskProtection({ longestJobSeconds, ...settings });
  const isProtecting = longestJobSeconds > stopTimeoutSeconds;
  const protectedWork = async (job, token) => {
    const release = await protection.hold();
    try {
      return await work(job, token);
    } finally {
      release();
    }
  };
  const worker = new Worker(queue, isProtecting ? protectedWork : work, options);
  worker.on('error', (error) => console.error(`lamplighter: ${error.message}`));
  drainOnSigterm(() => worker.close(), protection, { stopTimeoutSeconds, ...settings });
  return worker;
}

module.exports = { runWorker };
