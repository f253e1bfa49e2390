import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../shared/free-port.ts';
import { end, WHILE_WE_LIVE } from './emulators.ts';

/** moto alone, on loopback: the settings of every client of it. */
export interface Moto {
  where: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  stop(): void;
}

/** @throws Error when it does not listen within a minute */
export async function startMoto(folder: string): Promise<Moto> {
  const home = mkdtempSync(join(tmpdir(), 'lamplighter-moto-'));
  const port = await freePort();
  const child = spawn('sh', ['-c', WHILE_WE_LIVE, join(folder, 'moto_server'), '-H', '127.0.0.1', '-p', String(port)], {
    env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home },
    cwd: home,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => {
    end(child);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (tries === 400) {
      stop();
      throw new Error('moto does not listen within a minute');
    }
    await sleep(150);
  }
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { where: { endpoint, region: 'ap-northeast-2', credentials }, stop };
}
