import { Client } from '@smithy/core/client';
import axios, { type AxiosAdapter, AxiosError } from 'axios';
import type { DynamoDb } from './aws/dynamodb.ts';
import { isThrottle } from './aws/errors.ts';
import { running } from './aws/lambda.ts';
import { metricsIn } from './emf.ts';
import { carried } from './outside/form.ts';
import type { Request, Response } from './outside.ts';
import type { World } from './world.ts';

/** The SDK tries a throttled call three times in all. */
const ATTEMPTS = 3;
/** How long a connection is tried. */
const NO_ANSWER_MS = 120_000;

/**
 * Puts the world where AWS is for everything that runs in this process: the `send` of every SDK client, axios, the
 * environment variables and the console. The handlers know nothing of it.
 *
 * @param ask answers what leaves AWS
 */
export function install(world: World, dynamodb: DynamoDb, ask: (request: Request) => Promise<Response>): void {
  const prototype = Client.prototype as unknown as { send(this: SdkClient, command: SdkCommand): Promise<unknown> };
  prototype.send = async function send(command) {
    const caller = running.getStore()?.name ?? 'nobody';
    if (running.getStore()?.isInVpc) return await noWayOut(world, caller);
    const operation = command.constructor.name.replace(/Command$/, '');
    const service = (this.config.serviceId ?? '').toLowerCase();
    const call = () =>
      this.constructor.name === 'DynamoDBDocumentClient'
        ? dynamodb.callPlain(caller, operation === 'Query' ? operation : `${operation}Item`, command.input)
        : world.call(caller, service, operation, command.input);
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        if (attempt >= ATTEMPTS || !isThrottle(error)) throw error;
        await world.clock.sleep(Math.round(world.random.between(50, 100 * 2 ** attempt)));
      }
    }
  };

  const adapter: AxiosAdapter = async (config) => {
    const { method = 'get', timeout = 0 } = config;
    const asked = ask({
      method: method.toLowerCase(),
      url: axios.getUri(config),
      ...carried(config.data ?? '', String(config.headers?.get('content-type') ?? '')),
      headers: small(config.headers ?? {}),
    });
    const { status, data, headers = {} } = await (timeout > 0 ? Promise.race([asked, late(world, timeout)]) : asked);
    const response = { data, status, statusText: String(status), headers, config };
    if (!config.validateStatus || config.validateStatus(status)) return response;
    throw new AxiosError(
      `Request failed with status code ${status}`,
      AxiosError.ERR_BAD_RESPONSE,
      config,
      undefined,
      response,
    );
  };
  axios.defaults.adapter = adapter;

  const own = process.env;
  process.env = new Proxy(own, {
    get: (target, name) => running.getStore()?.environment[String(name)] ?? Reflect.get(target, name),
  });

  const written = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((text: string | Uint8Array, ...rest: never[]) => {
    const source = running.getStore()?.name;
    if (!source) return written(text, ...rest);
    logged(world, source, String(text).trimEnd());
    return true;
  }) as typeof process.stdout.write;

  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const real = console[level].bind(console);
    console[level] = (...parts: unknown[]) => {
      const source = running.getStore()?.name;
      if (source) world.journal.write({ what: 'log', source, text: parts.map(String).join(' ') });
      else real(...parts);
    };
  }
}

/** What a function writes itself goes to its log as it is; where it carries metrics, CloudWatch takes them out of it. */
function logged(world: World, source: string, text: string): void {
  world.journal.write({ what: 'log', source, text });
  try {
    world.onMetrics(metricsIn(text, world.clock.now));
  } catch (error) {
    world.journal.write({ what: 'fault', text: `CloudWatch takes no metric of ${source}: ${String(error)}` });
  }
}

/** Headers are what they are however they are written. */
function small(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What axios says when there is no answer in time, in milliseconds. */
async function late(world: World, timeout: number): Promise<never> {
  await world.clock.sleep(timeout);
  throw new AxiosError(`timeout of ${timeout}ms exceeded`, AxiosError.ECONNABORTED);
}

/** A VPC with no NAT gateway: packets to AWS are dropped, and the client gives up at last. */
async function noWayOut(world: World, caller: string): Promise<never> {
  world.journal.write({ what: 'fault', text: `${caller} calls AWS from a VPC with no way out` });
  await world.clock.sleep(NO_ANSWER_MS);
  throw Object.assign(new Error('connect ETIMEDOUT'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

interface SdkClient {
  config: { serviceId?: string };
}

interface SdkCommand {
  input: Record<string, unknown>;
}
