import type { Rehearsal } from './run.ts';

// One rehearsal, in a process of its own, which ends with the one that asked for it.

process.on('disconnect', () => process.exit());
process.on('uncaughtException', fail);
process.once('message', async (rehearsal: Rehearsal) => {
  try {
    const { run } = await import('./run.ts');
    const report = await run(rehearsal, (done) => void say({ done }));
    await say({ report });
    process.exit();
  } catch (error) {
    await fail(error);
  }
});

/** What is thrown would lose its name on the way. */
async function fail(thrown: unknown): Promise<void> {
  const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  await say({ error: { name, message, stack } });
  process.exit(1);
}

function say(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
