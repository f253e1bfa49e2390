import { createServer } from 'node:http';
import { carried } from '../../rehearsal/outside/form.ts';

/**
 * A stand-in on loopback for Discord's webhooks: it keeps what was posted and edited, and answers as Discord does when
 * it is asked to wait. And for an environment that is asked how it is.
 *
 * @source Discord developer documentation, "Webhook": Execute Webhook with `wait`, Edit Webhook Message
 */
export interface Discord {
  webhook(name: string): string;
  /** An address that answers as a healthy environment does. */
  health: string;
  /** The titles of what was posted to a webhook or edited there, in the order of arrival. */
  titles(name: string): string[];
  stop(): void;
}

export async function startDiscord(): Promise<Discord> {
  const posted: { webhook: string; title: string }[] = [];
  let messages = 0;
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200).end('{"status":"UP"}');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { body } = carried(Buffer.concat(chunks), request.headers['content-type'] ?? '');
    const { embeds } = body as { embeds: { title: string }[] };
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://discord.test');
    const [webhook = '', edited] = pathname.split('/messages/');
    for (const { title } of embeds) posted.push({ webhook, title });
    if (request.method === 'POST' && searchParams.get('wait') !== 'true') response.writeHead(204).end();
    else response.writeHead(200).end(JSON.stringify({ id: edited ?? String(++messages) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    health: `http://127.0.0.1:${port}/health`,
    webhook: (name) => `http://127.0.0.1:${port}/api/webhooks/${name}`,
    titles: (name) => posted.filter(({ webhook }) => webhook === `/api/webhooks/${name}`).map(({ title }) => title),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
