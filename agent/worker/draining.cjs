// Ends a worker as ECS asks for it: after SIGTERM it takes no new job, finishes what it does, and goes.

/**
 * @param {() => Promise<unknown>} close takes no new jobs, and is done when the last one has ended
 * @param {{ end(): Promise<void> }} protection
 * @param {{ stopTimeoutSeconds?: number, onEnd?: () => unknown, log?: (text: string) => void }} settings
 *   stopTimeoutSeconds: the stopTimeout of the container. onEnd: what else is to be closed.
 */
function drainOnSigterm(close, protection, { stopTimeoutSeconds = 120, onEnd, log = console.error } = {}) {
  // So much earlier than the end by force, which writes nothing.
  const graceMs = Math.max(1, stopTimeoutSeconds - Math.min(5, stopTimeoutSeconds / 4)) * 1000;
  let isEnding = false;

  async function end() {
    // ECS asks once; whoever asks twice does not want jobs to be lost either.
    if (isEnding) return;
    isEnding = true;
    const late = setTimeout(() => giveUp('a job takes longer than stopTimeout'), graceMs);
    try {
      await close();
      await protection.end();
      await onEnd?.();
      clearTimeout(late);
      process.exit(0);
    } catch (error) {
      giveUp(error.message);
    }
  }

  /** What was not finished is taken by another worker as soon as its lock ends: it is done twice, and not lost. */
  function giveUp(why) {
    log(`lamplighter: ended before its work: ${why}`);
    process.exit(1);
  }

  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, end);
}

module.exports = { drainOnSigterm };
