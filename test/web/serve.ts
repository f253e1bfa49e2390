import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { PAGE_HEADERS } from '../../web/headers.ts';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Served {
  /** With the slash at its end. */
  url: string;
  stop(): Promise<void>;
}

type Answering = (request: IncomingMessage) => Answer | undefined | Promise<Answer | undefined>;

/** A server on 127.0.0.1. What is answered with nothing is not there. */
export async function serve(answer: Answering, port = 0): Promise<Served> {
  const server = createServer(async (request, response) => {
    const { status = 200, headers = {}, body = '' } = (await answer(request)) ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop };
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/** Serves files as they are deployed, under the same policy. @param files `/` is `index.html`; an object is sent as JSON */
export function serveFiles(files: Record<string, string | object>, headers: Record<string, string> = PAGE_HEADERS) {
  return serve(({ url = '/' }) => {
    const name = new URL(url, 'http://localhost').pathname.slice(1) || 'index.html';
    const file = files[name];
    if (file === undefined) return undefined;
    const body = typeof file === 'string' ? file : JSON.stringify(file);
    return { headers: { ...headers, 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }, body };
  });
}
