import net from 'node:net';
import type { CheckOf } from '../stage/compiled.ts';
import { problemOf } from './problem.ts';
import type { Result } from './result.ts';

/** Whether a port takes a connection. @param signal ends it, whatever it is at */
export function askTcp({ host, port }: CheckOf<'tcp'>, signal: AbortSignal): Promise<Result> {
  const begun = Date.now();
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    const end = (result: Result) => {
      socket.destroy();
      signal.removeEventListener('abort', abort);
      resolve(result);
    };
    const abort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.on('connect', () => end({ outcome: 'ok', ms: Date.now() - begun }));
    socket.on('error', (error) => end({ outcome: 'failed', ms: Date.now() - begun, problem: problemOf(error) }));
  });
}
