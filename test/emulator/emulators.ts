import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../shared/free-port.ts';

export const INSTALL = 'python3 -m venv .emulators && .emulators/bin/pip install -r test/emulator/requirements.txt';

/** The folder that has both emulators: the named virtual environment, the one that INSTALL makes, or one on the PATH. */
export function emulatorsFolder(): string | undefined {
  const named = process.env['LAMPLIGHTER_EMULATORS'];
  const folders = [
    ...(named ? [resolve(named, 'bin')] : []),
    resolve('.emulators/bin'),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => ['ministack', 'moto_server'].every((program) => existsSync(join(folder, program))));
}

/**
 * Runs a program until our end of its input closes, and then ends its whole process group, the functions' processes
 * too: a test run that is killed leaves nothing behind.
 */
export const WHILE_WE_LIVE = '"$0" "$@" </dev/null & read -r _; kill -9 0';

/** The emulated AWS: ministack, and beside it moto for Systems Manager. Both on loopback, both ended by `stop`. */
export interface Emulators {
  /** ministack: everything, for whoever does not ask moto. */
  endpoint: string;
  /** moto: Systems Manager, since ministack's Run Command wants an instance that is a Docker container. */
  ssmEndpoint: string;
  /** What the emulators wrote, for a failed test to show. */
  log(): string;
  stop(): void;
}

/** @throws Error when one of them does not listen within a minute. */
export async function startEmulators(folder: string, { authorises = true } = {}): Promise<Emulators> {
  const home = mkdtempSync(join(tmpdir(), 'lamplighter-emulators-'));
  const [port, ssmPort] = [await freePort(), await freePort()];
  const [endpoint, ssmEndpoint] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${ssmPort}`];
  // Nothing of the caller's AWS may reach them. Functions run on the Node that runs this test: it comes first.
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: home, TMPDIR: home };
  const lines: string[] = [];
  const start = (program: string, args: string[], more: Record<string, string>) => {
    const child = spawn('sh', ['-c', WHILE_WE_LIVE, join(folder, program), ...args], {
      env: { ...env, ...more },
      cwd: home,
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => lines.push(String(text)));
    child.on('error', (error) => lines.push(`${program}: ${error.message}`));
    return child;
  };
  const children = [
    start('ministack', [], {
      // Functions may do what their roles allow, no more.
      AUTH: String(authorises),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Without this its IoT broker listens on every address of the machine, whatever BIND_HOST says.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      STATE_DIR: join(home, 'state'),
      S3_DATA_DIR: join(home, 's3'),
      // Functions inherit these.
      AWS_ENDPOINT_URL_SSM: ssmEndpoint,
      NODE_OPTIONS: `--require="${fileURLToPath(new URL('lambda-runtime.cjs', import.meta.url))}"`,
    }),
    start('moto_server', ['-H', '127.0.0.1', '-p', String(ssmPort)], {}),
  ];
  const stop = () => {
    children.forEach(end);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await Promise.all([listens(port), listens(ssmPort)]);
  } catch (error) {
    stop();
    throw new Error(`the emulators did not start: ${lines.join('')}`, { cause: error });
  }
  return { endpoint, ssmEndpoint, stop, log: () => lines.join('') };
}

/** Ends a program and all that it has started. */
export function end({ pid }: ChildProcess): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await accepts(port)) return;
    await sleep(200);
  }
  throw new Error(`nothing listens on 127.0.0.1:${port}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}
