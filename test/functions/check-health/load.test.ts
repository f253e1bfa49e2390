import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from '@jest/globals';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import { selfSigned } from '../../channels/self-signed.ts';
import { listen } from '../../shared/http.ts';
import { httpCheck, tcpCheck } from '../../shared/watch/questions.ts';
import { aService } from '../../shared/watch/services.ts';

/** Lambda gives a function of 256 MB so much of a processor. @source https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const PROCESSOR = 256 / 1769;

const server = await listen((request, response) => {
  const path = request.url ?? '';
  if (path.startsWith('/hangs')) return;
  response.writeHead(path.startsWith('/bad') ? 500 : 200).end(`UP ${'x'.repeat(10_000)}`);
});
const secure = createServer(selfSigned(), (_, response) => response.end('UP')).listen(0, '127.0.0.1');
await once(secure, 'listening');
const port = (of: { address(): unknown }) => (of.address() as AddressInfo).port;
afterAll(async () => {
  secure.closeAllConnections();
  secure.close();
  await server.close();
});

interface Measured {
  output: { checks: { ok: number; failed: number; unknown: number } };
  wallSeconds: number;
  cpuSeconds: number;
  megabytes: number;
  bytesWritten: number;
}

test('500 targets, a tenth of them hanging - within the minute, the memory and the processor of the function', async () => {
  const services = (count: number, name: string, of: (index: number) => ServiceWorkload['checks'][number]) =>
    Array.from({ length: count }, (_, index) => [`${name}-${index}`, aService({ checks: [of(index)] })]);
  const url = (path: string, index: number) => `${server.url}/${path}/${index}`;
  const all = [
    ...services(50, 'hanging', (index) => httpCheck(url('hangs', index), { withinSeconds: 5 })),
    ...services(250, 'well', (index) => httpCheck(url('well', index), { withinSeconds: 5, contains: 'UP' })),
    ...services(50, 'bad', (index) => httpCheck(url('bad', index), { withinSeconds: 5 })),
    ...services(100, 'secure', () => httpCheck(`https://127.0.0.1:${port(secure)}/`, { withinSeconds: 5 })),
    ...services(50, 'port', () => tcpCheck(port(secure), { withinSeconds: 5 })),
  ];

  const measured = await run({ control: server.url, services: Object.fromEntries(all) });

  // Nobody has vouched for the certificate of the secure ones, which is seen when the work of TLS is done.
  expect(measured.output.checks).toEqual({ ok: 300, failed: 200, unknown: 0 });
  expect(measured.wallSeconds).toBeLessThan(45);
  expect(measured.megabytes).toBeLessThan(256);
  expect(measured.cpuSeconds / PROCESSOR).toBeLessThan(45);
  // An item of DynamoDB is 400 kB at most.
  expect(measured.bytesWritten).toBeLessThan(100_000);
});

async function run(input: object): Promise<Measured> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'test/functions/check-health/load.ts'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', AWS_REGION: 'ap-northeast-2' },
    },
  );
  child.stdin.end(JSON.stringify(input));
  const written = await text(child.stdout);
  if (process.env['SHOW_MEASURED']) console.log(written);
  return JSON.parse(written) as Measured;
}
