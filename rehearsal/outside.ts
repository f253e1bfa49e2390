import { AxiosError } from 'axios';
import { environments } from '../shared/stage/kinds.ts';
import type { CloudFormation } from './aws/cloudformation.ts';
import type { World } from './world.ts';

/** A request that leaves AWS, as axios makes it. */
export interface Request {
  method: string;
  url: string;
  body: unknown;
}

export interface Response {
  status: number;
  data: string;
  headers?: Record<string, string>;
}

/** The webhooks that somebody listens on: address → name of the channel. */
export type Webhooks = Map<string, string>;

const HEALTHY = '{"status":"UP"}';

/**
 * The world outside AWS: webhooks, and the environments as their users see them.
 *
 * @throws AxiosError when nobody listens
 */
export async function outside(
  world: World,
  cloudformation: CloudFormation,
  webhooks: Webhooks,
  { method, url }: Request,
): Promise<Response> {
  await world.clock.sleep(Math.round(world.random.between(80, 300)));
  if (method === 'get') return healthOf(world, cloudformation, url);
  const channel = webhooks.get(url);
  if (channel === undefined) return { status: 404, data: '' };
  const fault = world
    .faults('webhook')
    .find((candidate) => (candidate.channel ?? channel) === channel && world.uses(candidate));
  if (fault?.webhook === 'hangs') return new Promise(() => undefined);
  if (fault) return { status: fault.webhook, data: '', headers: retryAfter(fault) };
  world.journal.write({ what: 'delivered', channel, id: String(world.clock.now) });
  return { status: 204, data: '' };
}

function retryAfter({ retryAfter: seconds }: { retryAfter?: number }): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

async function healthOf(world: World, cloudformation: CloudFormation, url: string): Promise<Response> {
  const [name, environment] = environments(world.stage).find(([, { health }]) => health?.url === url) ?? [];
  const answers = environment ? cloudformation.answers(environment.stack.name) : 'no';
  if (!name || answers === 'no')
    throw new AxiosError(`connect ECONNREFUSED ${new URL(url).hostname}`, AxiosError.ECONNREFUSED);
  const fault = world.faults('health').find((candidate) => world.isFor(candidate, name, 0) && world.uses(candidate));
  if (fault?.health === 'hangs') return new Promise(() => undefined);
  if (fault) return { status: Number(fault.health), data: '' };
  return answers === 'yes' ? { status: 200, data: HEALTHY } : { status: 503, data: '' };
}
