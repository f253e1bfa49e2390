import type { Ssm } from './aws/ssm.ts';
import type { Webhooks } from './outside.ts';
import type { World } from './world.ts';

/**
 * Gives every secret that the channels refer to a value that can be found again wherever it leaks to.
 *
 * @returns those values, and the webhooks that somebody listens on
 */
export function keepSecrets(world: World, ssm: Ssm): { webhooks: Webhooks; secrets: string[] } {
  const webhooks: Webhooks = new Map();
  const secrets: string[] = [];
  // Channels may share a secret.
  const keep = (reference: string, value: string): string => {
    const name = reference.replace(/^ssm:/, '');
    const kept = ssm.parameters.get(name) ?? value;
    ssm.parameters.set(name, kept);
    secrets.push(kept);
    return kept;
  };
  for (const [name, channel] of Object.entries(world.stage.notify.channels)) {
    if ('to' in channel) continue;
    const reference = channel.kind === 'webhook' ? channel.url : channel.webhook;
    const address = reference.startsWith('ssm:')
      ? keep(reference, `https://${channel.kind}.example/api/webhooks/${world.random.hex(32)}`)
      : reference;
    webhooks.set(address, name);
    if (channel.kind === 'webhook') keep(channel.secret, world.random.hex(32));
  }
  return { webhooks, secrets };
}
