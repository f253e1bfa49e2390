import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What opens an address on a desktop. */
const OPENERS: Partial<Record<NodeJS.Platform, [program: string, ...before: string[]]>> = {
  darwin: ['open'],
  linux: ['xdg-open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** The page brings its own policy for what is in it; these cannot be said there. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A page that is served, and how that ends. */
export interface ServedPage {
  url: string;
  close(): Promise<void>;
}

/** Serves one page on 127.0.0.1, at a port that is free. @throws Error where nothing may be served */
export async function servePage(html: string): Promise<ServedPage> {
  const server = createServer((request, response) => answer(html, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

/**
 * Serves a page until somebody presses Ctrl-C, and says where.
 *
 * @param isOpened whether the browser is asked to open it
 */
export async function showPage(html: string, isOpened: boolean, effects = { open, stopped, say }): Promise<void> {
  const { url, close } = await servePage(html);
  effects.say(`The page of it is at ${url} until you press Ctrl-C`);
  try {
    const problem = isOpened ? await effects.open(url) : undefined;
    if (problem) effects.say(`${problem}: open it yourself`);
    await effects.stopped();
  } finally {
    await close();
  }
}

function answer(html: string, { method = '', url, headers }: IncomingMessage, response: ServerResponse): void {
  // A page elsewhere could give its own name this address, and read the report.
  const isOurs = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
  const isThere = url === '/' || url?.startsWith('/?');
  const status = !isOurs ? 403 : !isThere ? 404 : method === 'GET' || method === 'HEAD' ? 200 : 405;
  if (status === 200) response.writeHead(status, HEADERS).end(method === 'GET' ? html : undefined);
  else response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}

/** @returns why it could not be opened, or undefined */
export async function open(
  url: string,
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process,
): Promise<string | undefined> {
  const [program, ...before] = OPENERS[platform] ?? [];
  if (!program) return `no browser is known on ${platform}`;
  // On a server that is reached by a shell there is nothing to open it on.
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display here';
  const child = spawn(program, [...before, url], { detached: true, stdio: 'ignore' });
  child.unref();
  try {
    // An error instead of it is thrown.
    await once(child, 'spawn');
    return undefined;
  } catch (error) {
    return `${program} did not start (${(error as Error).message})`;
  }
}

async function stopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

function say(text: string): void {
  // The report is on stdout.
  process.stderr.write(`${text}\n`);
}
