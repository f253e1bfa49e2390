import { apart } from '../apart.ts';
import type { Said, Served } from './serve.ts';

export type { Served } from './serve.ts';

/** What serves, until it is stopped. */
export interface Server {
  /** Where it answers: `http://127.0.0.1:40123/`, with the token where one is needed. */
  address: string;
  /** Resolves when it has ended, by whatever cause; rejects where it failed. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Serves the status page on this machine, of a world in which the stage was deployed some days ago.
 *
 * @param progress called now and then with the part of those days that has passed, 0 to 1
 * @throws what hinders it
 */
export async function serveLocally(
  served: Served,
  progress: (done: number) => void = () => undefined,
): Promise<Server> {
  const stopping = new AbortController();
  let listening: (address: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const hear = (said: Said) => ('address' in said ? listening(said.address) : progress(said.done));
  const ended = apart<Served, void>(
    new URL('./worker.ts', import.meta.url),
    'the server',
    served,
    hear,
    stopping.signal,
  );
  const over = ended.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  const stop = async () => {
    stopping.abort();
    await over;
  };
  const failed = over.then((): never => {
    throw new Error('the server ended before it listened');
  });
  return { address: await Promise.race([address, failed]), ended: over, stop };
}
