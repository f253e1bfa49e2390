import { createServer } from 'node:net';

/** Below those that a system gives away by itself, so that nobody else is given one of them in the meantime. */
const FIRST = 20_000;
const BLOCK = 10;
const BLOCKS = 1_000;

let taken = 0;

/**
 * A port for a program that cannot choose one itself, from a block that belongs to this process: several test files look
 * for ports at the same time.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + ((process.pid * BLOCK + taken++) % (BLOCK * BLOCKS));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    // Somebody who knocks here by mistake would keep it from closing.
    const server = createServer((socket) => socket.destroy())
      .on('error', () => done(false))
      .listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
