import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Response } from '../../shared/http/request.ts';
import { running } from '../aws/lambda.ts';
import { type Begun, begin } from '../begin.ts';
import { localInstant } from '../cron.ts';
import type { Rehearsal } from '../run.ts';
import { eventOf } from './event.ts';

/** What is served: a stage that was deployed at the beginning of a local date, `2026-11-01`. */
export interface Served extends Omit<Rehearsal, 'days'> {
  /** 0 for any that is free. */
  port: number;
  /** Where the page lies. */
  webFolder: string;
}

export type Said = { address: string } | { done: number };

type Handler = (event: unknown, context: object) => Promise<Response>;

// Those of the world are faked, and its time is not that of whoever waits for an answer.
const [wait, started, startedAt] = [globalThis.setTimeout, performance.now(), Date.now()];
const STEP_MS = 6 * 3_600_000;
const TURN_MS = 50;
const ANSWERS = ['/status.json', '/history.json', '/sign-in'];

/** The clock on the wall. */
const present = () => Math.floor(startedAt + performance.now() - started);

/** Lets the days since the deployment pass, then serves on 127.0.0.1 while time goes on as it does. */
export async function serve(served: Served, say: (said: Said) => void): Promise<void> {
  // First of all: a port that is taken is told at once.
  const server = createServer();
  const address = await listen(server, served.port);
  const from = localInstant(`${served.from}T00:00`, served.stage.timezone);
  const begun = await begin(served, from);
  const { clock, world } = begun;
  for (let at = from; at < present(); at = clock.now) {
    const next = Math.min(at + STEP_MS, present());
    // Somebody waits for that instant, so that no leap goes beyond it.
    clock.at(next, () => undefined);
    await clock.runUntil(next, () => world.fatal !== undefined);
    if (world.fatal) throw world.fatal;
    say({ done: (clock.now - from) / (present() - from) });
  }
  await answerFor(server, served, begun);
  const token = tokenOf(begun);
  say({ address: token === undefined ? address : `${address}sign-in?token=${token}` });
  for (;;) {
    await new Promise((turn) => wait(turn, TURN_MS));
    await clock.pass(Math.max(0, present() - clock.now));
    if (world.fatal) throw world.fatal;
  }
}

/** @returns its address @throws where the port is taken */
async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Whoever is asked for a token is given one. */
function tokenOf({ world, deployed }: Begun): string | undefined {
  const access = world.stage.status?.access;
  if (typeof access !== 'object') return undefined;
  return deployed.ssm.parameters.get(access.token.replace(/^ssm:/, ''));
}

/** Has the functions of the world answer, as API Gateway would ask them. */
async function answerFor(server: Server, served: Served, { world, deployed }: Begun): Promise<void> {
  const functions = [...deployed.lambda.functions.values()].filter(({ name }) => /-serve(Page|Status)$/.test(name));
  world.journal.onEntry((entry) => {
    if (entry.what === 'log' && functions.some(({ name }) => name === entry.source))
      process.stderr.write(`${entry.text}\n`);
  });
  const behind = async (name: string) => {
    const lambda = functions.find((one) => one.name.endsWith(`-${name}`));
    if (!lambda) throw new Error(`the template has no function ${name}: package the service again`);
    const file = resolve(served.root, lambda.handler.replace(/\.\w+$/, '.ts'));
    const { handler } = (await import(pathToFileURL(file).href)) as { handler: Handler };
    Object.assign(lambda.environment, { WEB_FOLDER: served.webFolder });
    return (event: object) => running.run(lambda, () => handler(event, {}));
  };
  const [page, answers] = await Promise.all([behind('servePage'), behind('serveStatus')]);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const event = eventOf(request);
    const isKnown = event.requestContext.http.method === 'GET';
    const ask = ANSWERS.includes(event.rawPath) ? answers : page;
    send(response, isKnown ? await ask(event) : { statusCode: 404, headers: {}, body: '{"message":"Not Found"}' });
  };
  server.on('request', (request, response) =>
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      send(response, { statusCode: 500, headers: {}, body: '{"message":"Internal Server Error"}' });
    }),
  );
}

function send(to: ServerResponse, { statusCode, headers, cookies, body, isBase64Encoded }: Response): void {
  to.writeHead(statusCode, { ...headers, ...(cookies && { 'set-cookie': cookies }) });
  to.end(body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}
