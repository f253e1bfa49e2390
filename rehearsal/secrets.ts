import { pipelines } from '../shared/stage/kinds.ts';
import { secretsOfSteps } from '../shared/stage/pipeline-secrets.ts';
import type { Ssm } from './aws/ssm.ts';
import type { Addresses } from './outside.ts';
import type { World } from './world.ts';

/** What a stage may say of its notices beyond channels and routes. */
type Notify = World['stage']['notify'] & { heartbeat?: { url: string } };

/**
 * Gives every secret that the notices and the queues refer to a value that can be found again wherever it leaks to.
 *
 * @returns those values, and the addresses that somebody listens on
 */
export function keepSecrets(world: World, ssm: Ssm): Addresses & { secrets: string[] } {
  const webhooks = new Map<string, string>();
  const secrets: string[] = [];
  // Channels may share a secret.
  const keep = (reference: string, value: string): string => {
    const name = reference.replace(/^ssm:/, '');
    const kept = ssm.parameters.get(name) ?? value;
    ssm.parameters.set(name, kept);
    secrets.push(kept);
    return kept;
  };
  const addressOf = (reference: string, usual: string) =>
    reference.startsWith('ssm:') ? keep(reference, usual) : reference;
  const { channels, heartbeat }: Notify = world.stage.notify;
  for (const [name, channel] of Object.entries(channels)) {
    if ('to' in channel) continue;
    const reference = channel.kind === 'webhook' ? channel.url : channel.webhook;
    const usual = `https://${channel.kind}.example/api/webhooks/${world.random.hex(32)}`;
    const address = addressOf(reference, usual);
    webhooks.set(address, name);
    if (channel.kind === 'webhook') keep(channel.secret, world.random.hex(32));
  }
  for (const reference of queueSecrets(world)) keep(reference, world.random.hex(32));
  for (const [, pipeline] of pipelines(world.stage))
    for (const reference of secretsOfSteps(pipeline)) keep(reference, world.random.hex(32));
  const access = world.stage.status?.access;
  if (typeof access === 'object') keep(access.token, world.random.hex(32));
  if (!heartbeat) return { webhooks, secrets };
  return { webhooks, secrets, heartbeat: addressOf(heartbeat.url, `https://watcher.example/${world.random.hex(32)}`) };
}

/** What queues are read with, as references. */
function queueSecrets({ stage: { queues } }: World): string[] {
  return Object.values(queues)
    .flatMap(({ source }) => {
      if (source.kind === 'sqs') return [];
      return source.kind === 'http' ? [source.header?.value] : [source.redis.password, source.redis.ca];
    })
    .filter((reference) => reference?.startsWith('ssm:'))
    .map(String);
}
