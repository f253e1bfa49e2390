import { checkHealth } from '../../../functions/check-health/handler.ts';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import { real } from '../../../shared/watch/look.ts';
import { World } from './world.ts';

/**
 * A process of its own, as Lambda is: one `checkHealth` with the real network. It is given the services on its standard
 * input and writes what it took.
 */
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const { control, services } = JSON.parse(Buffer.concat(chunks).toString()) as {
  control: string;
  services: Record<string, ServiceWorkload>;
};
const world = new World({ control, services });
const begun = Date.now();
const before = process.cpuUsage();
const output = await checkHealth({}, { ...world.effects, ask: real.ask });
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    output,
    wallSeconds: (Date.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    bytesWritten: JSON.stringify([...world.minutes.values()]).length,
  }),
);
