import type { WorkloadNow } from '../../../shared/status/answers.ts';
import { buildModule } from '../../../web/build.ts';
import { PAGE_HEADERS } from '../../../web/headers.ts';
import { type Served, serve, serveFiles } from '../serve.ts';

/** An application's server, which goes away and comes back, and Lamplighter, which tells why. Other origins than the page's. */
export class World {
  /** What `/status.json` says of the workload; undefined while that is away itself. */
  entry: Partial<WorkloadNow> | undefined = { up: true };
  /** The requests of both, in their order. */
  readonly asked: string[] = [];
  private backend: Served | undefined;
  private readonly port: number;
  private readonly lamplighter: Served;

  private constructor(backend: Served, lamplighter: Served) {
    this.backend = backend;
    this.port = Number(new URL(backend.url).port);
    this.lamplighter = lamplighter;
  }

  static async start(): Promise<World> {
    let world: World | undefined;
    const backend = await serve((request) => world?.health(request.url));
    const lamplighter = await serve((request) => world?.status(request.url));
    world = new World(backend, lamplighter);
    return world;
  }

  get sources() {
    return {
      health: `http://127.0.0.1:${this.port}/actuator/health`,
      status: `${this.lamplighter.url}status.json`,
      workload: 'chat-app',
    };
  }

  /** A policy without inline scripts and styles, and without text that becomes HTML. */
  get policy(): Record<string, string> {
    const connect = `connect-src 'self' http://127.0.0.1:${this.port} ${this.lamplighter.url}`;
    const policy = PAGE_HEADERS['content-security-policy'].replace("connect-src 'self'", connect);
    return { ...PAGE_HEADERS, 'content-security-policy': `${policy}; require-trusted-types-for 'script'` };
  }

  /** The server is off: nobody takes a connection. */
  async goAway(entry: Partial<WorkloadNow> | undefined = this.entry): Promise<void> {
    this.entry = entry;
    await this.backend?.stop();
    this.backend = undefined;
  }

  async comeBack(): Promise<void> {
    this.entry = { up: true };
    this.backend ??= await serve((request) => this.health(request.url), this.port);
  }

  async stop(): Promise<void> {
    await this.backend?.stop();
    await this.lamplighter.stop();
  }

  private health(url = '') {
    this.asked.push(url);
    return { headers: { 'access-control-allow-origin': '*' }, body: '{"status":"UP"}' };
  }

  private status(url = '') {
    this.asked.push(url);
    const headers = {
      'access-control-allow-origin': '*',
      'content-type': 'application/json',
      'cache-control': 'max-age=15',
    };
    if (!this.entry) return { status: 503, headers, body: '{"error":{"code":"unavailable"}}' };
    return { headers, body: JSON.stringify({ workloads: [{ name: 'chat-app', ...this.entry }] }) };
  }
}

let gate: Promise<string> | undefined;

interface Site {
  policy: Record<string, string>;
  lang?: string;
  /** Where it has the gate from. */
  script?: string;
}

/** A site with one page, and the gate beside it. @param body its HTML */
export async function site(body: string, { policy, lang = 'en', script = 'lamplighter-gate.js' }: Site) {
  gate ??= buildModule('gate/lamplighter-gate.ts');
  const files = {
    'index.html': `<!doctype html><html lang="${lang}"><head><title>Chat</title>
      <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="site.css"><link rel="icon" href="data:,">
      <script type="module" src="${script}"></script></head><body>${body}</body></html>`,
    'lamplighter-gate.js': await gate,
    'site.css': `:root { color-scheme: light dark } .tall { block-size: 3000px } .box { block-size: 90px; overflow: auto }
      .own { --lamplighter-ground: rgb(1, 2, 3); --lamplighter-ink: #fff } .own::part(title) { font-style: italic }`,
  };
  return serveFiles(files, policy);
}
