import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { Connection, type There } from './outside/redis/connection.ts';
import type { Place, Reached } from './outside/services.ts';
import type { World } from './world.ts';

type OnResponse = (response: EventEmitter) => void;

interface RequestOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

interface Address {
  host?: string;
  port?: number;
}

/**
 * Puts the world where the network is, for handlers that ask over sockets of their own: `request` of http and https,
 * `connect` of net, and what clients of Redis connect with. Nothing of a rehearsal leaves this machine.
 *
 * @param reach what is there
 * @param redis what is there for a client of Redis
 * @returns takes it away again
 */
export function installNetwork(
  world: World,
  reach: (place: Place) => Reached,
  redis: (host: string, port: number, encrypted: boolean) => There = () => ({ error: 'ENOTFOUND' }),
): () => void {
  const real = { http: http.request, https: https.request, connect: net.connect };
  const realConnection = { net: net.createConnection, tls: tls.connect };
  const request = (url: string | URL, { signal, headers = {} }: RequestOptions, onResponse: OnResponse) =>
    new Asked(world, () => reach({ url: String(url), headers: lower(headers) }), signal, onResponse);
  const dial =
    (encrypted: boolean) =>
    ({ host = 'localhost', port = 6379 }: Address) => {
      const connection = new Connection(world.clock, port, encrypted, (error) => {
        world.fatal = error;
      });
      const meet = () => connection.meet(redis(host, port, encrypted));
      void world.clock.sleep(Math.round(world.random.between(2, 10))).then(meet);
      return connection;
    };
  const connect = ({ host, port }: { host: string; port: number }) => {
    const asked = new Asked(
      world,
      () => reach({ host, port }),
      undefined,
      () => asked.emit('connect'),
    );
    return asked.end();
  };
  Object.assign(http, { request });
  Object.assign(https, { request });
  Object.assign(net, { connect, createConnection: dial(false) });
  Object.assign(tls, { connect: dial(true) });
  return () => {
    Object.assign(http, { request: real.http });
    Object.assign(https, { request: real.https });
    Object.assign(net, { connect: real.connect, createConnection: realConnection.net });
    Object.assign(tls, { connect: realConnection.tls });
  };
}

/** Names of headers are the same however they are written. */
function lower(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A request under way, or a connection. */
class Asked extends EventEmitter {
  readonly #world: World;
  readonly #reach: () => Reached;
  readonly #onResponse: OnResponse;
  #isOver = false;

  constructor(world: World, reach: () => Reached, signal: AbortSignal | undefined, onResponse: OnResponse) {
    super();
    this.#world = world;
    this.#reach = reach;
    this.#onResponse = onResponse;
    signal?.addEventListener('abort', () => this.#fail('ABORT_ERR'));
  }

  end(): this {
    void this.#world.clock.sleep(Math.round(this.#world.random.between(20, 120))).then(() => this.#answer());
    return this;
  }

  destroy(): this {
    this.#isOver = true;
    return this;
  }

  #answer(): void {
    const reached = this.#isOver ? 'hangs' : this.#reach();
    if (reached === 'hangs') return;
    if ('error' in reached) {
      this.#fail(reached.error);
      return;
    }
    const { afterMs, ...answer } = reached;
    if (afterMs === undefined) this.#respond(answer);
    else this.#world.clock.at(this.#world.clock.now + afterMs, () => this.#respond(answer));
  }

  #respond({ status: statusCode, body, certificateEndsAt }: Exclude<Reached, string | { error: string }>): void {
    if (this.#isOver) return;
    const valid_to = certificateEndsAt === undefined ? '' : new Date(certificateEndsAt).toUTCString();
    const socket = { getPeerCertificate: () => ({ valid_to }) };
    const response = Object.assign(new EventEmitter(), { statusCode, headers: {}, socket });
    this.#onResponse(response);
    response.emit('data', Buffer.from(body));
    response.emit('end');
  }

  #fail(code: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.emit('error', Object.assign(new Error(code), { code }));
  }
}
