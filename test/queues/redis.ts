import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { WHILE_WE_LIVE } from '../emulator/emulators.ts';
import { freePort } from '../shared/free-port.ts';

const INSTALL = 'sudo apt-get install redis-server';

/** Tests that want a real Redis: without one they are skipped and say so; where `CI` is set that is a failure. */
export function describeWithRedis(name: string, tests: () => void): void {
  const isInstalled = (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, 'redis-server')));
  if (!isInstalled && process.env['CI'])
    test('in CI - redis-server is installed', () => {
      throw new Error(`redis-server is not found. Install it: ${INSTALL}`);
    });
  // Jest lists skipped tests only when asked to.
  if (!isInstalled) process.stderr.write(`${name} is skipped: redis-server is not found. Install: ${INSTALL}\n`);
  (isInstalled ? describe : describe.skip)(name, tests);
}

export interface RedisServer {
  port: number;
  /** Ends it at once, and forgets nothing where it writes to its disk. */
  stop(): Promise<void>;
  /** On the same port, with what is on its disk. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A Redis of its own on 127.0.0.1. @param settings `['--requirepass', 'secret']` */
export async function startRedis(settings: string[] = [], isTls = false): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-redis-'));
  const port = await freePort();
  const listening = isTls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  let child: ChildProcess | undefined;
  const start = async () => {
    let log = '';
    const always = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--daemonize', 'no'];
    child = spawn('sh', ['-c', WHILE_WE_LIVE, 'redis-server', ...always, ...listening, ...settings], {
      detached: true,
    });
    child.stdout?.on('data', (text) => (log += text));
    // It listens before it has loaded what is on its disk.
    for (let tries = 0; !log.includes('Ready to accept connections'); tries++) {
      if (tries === 1600) throw new Error(`redis-server is not ready: ${log}`);
      await sleep(25);
    }
  };
  const stop = async () => {
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    while (await accepts(port)) await sleep(10);
  };
  const remove = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await start();
  return { port, start, stop, remove };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    }).on('error', () => done(false));
  });
}
