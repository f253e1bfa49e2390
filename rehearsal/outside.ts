import type { CloudFormation } from './aws/cloudformation.ts';
import { localInstant } from './cron.ts';
import type { Calls } from './outside/calls.ts';
import { Discord, UNKNOWN_WEBHOOK } from './outside/discord.ts';
import type { PostedFile } from './outside/form.ts';
import { healthOf } from './outside/health.ts';
import { answer, type Receiver, type Response } from './outside/receiver.ts';
import { receiverOf } from './outside/receivers.ts';
import type { World } from './world.ts';

export type { Response } from './outside/receiver.ts';

/** A request that leaves AWS, as axios makes it. */
export interface Request {
  /** `get`, `post`, `patch` */
  method: string;
  /** With its query. */
  url: string;
  body: unknown;
  files?: PostedFile[];
  /** By their names in small letters. */
  headers?: Record<string, string>;
}

/** Who listens outside. */
export interface Addresses {
  /** Address → name of the channel. */
  webhooks: Map<string, string>;
  /** Where a watcher outside hears that all is well. */
  heartbeat?: string;
}

/** The name that faults know the heartbeat's address by. */
const HEARTBEAT = 'heartbeat';

/** The world outside AWS: webhooks, and the environments as their users see them. */
export class Outside {
  readonly #world: World;
  readonly #cloudformation: CloudFormation;
  readonly #addresses: Addresses;
  readonly #calls: Pick<Calls, 'answer'> | undefined;
  readonly #receivers = new Map<string, Receiver>();

  /** @param calls what steps of pipelines call */
  constructor(world: World, cloudformation: CloudFormation, addresses: Addresses, calls?: Pick<Calls, 'answer'>) {
    this.#world = world;
    this.#cloudformation = cloudformation;
    this.#addresses = addresses;
    this.#calls = calls;
    for (const [name, channel] of Object.entries(world.stage.notify.channels))
      if (!('to' in channel)) this.#receivers.set(name, receiverOf(channel.kind));
    for (const { posts, at, channel } of world.faults('posts'))
      world.clock.at(localInstant(at, world.stage.timezone), () => this.#forget(posts, channel));
  }

  /**
   * Answers a request; some never get an answer.
   *
   * @throws AxiosError when nobody listens
   */
  async answer(request: Request): Promise<Response> {
    await this.#world.clock.sleep(Math.round(this.#world.random.between(80, 300)));
    const { method, url } = request;
    const [channel, rest] = this.#find(url);
    if (channel !== undefined) return this.#post(channel, rest, request);
    if (url.includes('/api/webhooks/')) return UNKNOWN_WEBHOOK;
    if (this.#addresses.heartbeat && isAt(url, this.#addresses.heartbeat)) return this.#beat();
    const called = this.#calls?.answer(request);
    if (called) return called;
    return method === 'get' ? healthOf(this.#world, this.#cloudformation, url) : answer(404);
  }

  /** The channel that an address is of, and what comes after the address. */
  #find(url: string): [channel: string | undefined, rest: string] {
    const { webhooks } = this.#addresses;
    if (webhooks.has(url)) return [webhooks.get(url), ''];
    for (const [address, channel] of webhooks) if (isAt(url, address)) return [channel, url.slice(address.length)];
    return [undefined, ''];
  }

  #post(channel: string, rest: string, { method, body, files = [] }: Request): Response | Promise<Response> {
    const receiver = this.#receivers.get(channel) ?? receiverOf('webhook');
    const [path = '', query = ''] = rest.split('?');
    const refused = this.#fault(channel, receiver);
    const { response, shown } = refused
      ? { response: refused }
      : receiver.take({ method, path, query: new URLSearchParams(query), body, files, now: this.#world.clock.now });
    const names = files.map(({ name }) => name);
    if (shown)
      this.#world.journal.write({
        ...{ what: 'delivered', channel, ...shown, body },
        ...(names.length > 0 && { files: names }),
      });
    else if (method !== 'get') {
      const status = response instanceof Promise ? 'hangs' : response.status;
      this.#world.journal.write({ what: 'refused', channel, status });
    }
    return response;
  }

  #beat(): Response | Promise<Response> {
    const refused = this.#fault(HEARTBEAT, receiverOf('webhook'));
    if (!refused) this.#world.journal.write({ what: 'heartbeat' });
    return refused ?? answer(200, 'OK');
  }

  /** What the scenario has a channel answer. */
  #fault(channel: string, receiver: Receiver): Response | Promise<Response> | undefined {
    const fault = this.#world
      .faults('webhook')
      .find((candidate) => (candidate.channel ?? channel) === channel && this.#world.uses(candidate));
    if (fault?.webhook === 'hangs') return new Promise(() => undefined);
    return fault && receiver.refuse(fault.webhook, fault.retryAfter);
  }

  #forget(what: string, channel: string | undefined): void {
    for (const [name, receiver] of this.#receivers)
      if ((channel ?? name) === name && receiver instanceof Discord) receiver.forget();
    this.#world.journal.write({ what: 'fault', text: `what was posted to ${channel ?? 'every channel'} is ${what}` });
  }
}

/** Whether a URL is an address, one under it, or one with a query. */
function isAt(url: string, address: string): boolean {
  return url === address || url.startsWith(`${address}/`) || url.startsWith(`${address}?`);
}
