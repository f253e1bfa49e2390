import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

export interface Asked {
  request: IncomingMessage;
  body: string;
}

/** An AWS on the loopback that answers in turn what it is told, and remembers what it was asked. */
export async function standIn(...answers: Answer[]): Promise<{ url: string; asked: Asked[] } & AsyncDisposable> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push({ request, body: Buffer.concat(chunks).toString() });
    const { status = 200, headers = {}, body } = answers[asked.length - 1] ?? { status: 500, body: 'not expected' };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The signature that a request should carry, computed from what arrived: AWS's own recipe, Signature Version 4. */
export function expectedSignature({ request, body }: Asked, secret: string): string {
  const [, scope = '', names = ''] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+),/.exec(request.headers.authorization ?? '') ?? [];
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const headers = names.split(';').map((name) => `${name}:${request.headers[name]}\n`);
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort();
  const path = url.pathname.split('/').map(encodeURIComponent).join('/');
  const canonical = [request.method, path, query.join('&'), headers.join(''), names, hash(body)].join('\n');
  const signed = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((key, part) => hmac(key, part).digest(), `AWS4${secret}`);
  return hmac(key, signed).digest('hex');
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
