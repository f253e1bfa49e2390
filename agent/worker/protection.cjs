// Keeps ECS from stopping this task while it works (task scale-in protection). Without an agent of ECS it does nothing.
const TRIES = 3;

/**
 * @param {{ longestJobSeconds?: number, lingerSeconds?: number, log?: (text: string) => void }} settings
 *   longestJobSeconds: what the longest job takes: the protection of a worker that hangs ends by itself after twice as long.
 *   lingerSeconds: how long it stays after the last job, so that short jobs one after the other are one question, not many.
 */
function taskProtection({ longestJobSeconds = 120, lingerSeconds = 5, log = console.error } = {}) {
  const agent = process.env.ECS_AGENT_URI;
  // ECS takes whole minutes, from one to two days.
  const minutes = Math.min(2880, Math.max(1, Math.ceil((2 * longestJobSeconds) / 60)));
  let running = 0;
  let isProtected = false;
  let renewAt = 0;
  let linger;
  // One question after the other, each by what is so then.
  let last = Promise.resolve();

  async function settle() {
    const isWanted = running > 0;
    if (isWanted ? isProtected && Date.now() < renewAt : !isProtected) return;
    if (!(await ask(isWanted))) return;
    isProtected = isWanted;
    renewAt = Date.now() + minutes * 30_000;
  }

  async function ask(isWanted) {
    let problem = '';
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        const answer = await fetch(`${agent}/task-protection/v1/state`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ProtectionEnabled: isWanted, ...(isWanted && { ExpiresInMinutes: minutes }) }),
          signal: AbortSignal.timeout(5000),
        });
        const { protection, failure, error } = await answer.json();
        if (protection?.ProtectionEnabled === isWanted) return true;
        problem = failure?.Reason ?? error?.Message ?? `status ${answer.status}`;
      } catch (error) {
        problem = error.message;
      }
      await new Promise((done) => setTimeout(done, 200 * 2 ** tries));
    }
    log(`lamplighter: this task could not be ${isWanted ? 'protected' : 'released'}: ${problem}`);
    return false;
  }

  function settled() {
    if (agent) last = last.then(settle);
    return last;
  }
  const renewal = agent && setInterval(settled, 60_000).unref();

  return {
    /** Before a job begins. @returns what is to be called when it has ended */
    async hold() {
      running++;
      clearTimeout(linger);
      await settled();
      return () => {
        running--;
        if (running === 0) linger = setTimeout(settled, lingerSeconds * 1000).unref();
      };
    },
    /** When there will be no job any more. */
    async end() {
      clearTimeout(linger);
      clearInterval(renewal);
      running = 0;
      await settled();
    },
  };
}

module.exports = { taskProtection };
