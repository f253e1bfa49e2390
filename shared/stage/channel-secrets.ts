import type { Channel } from './compiled.ts';

/** The references to secrets that a channel has, its address first where that is one. */
export function secretsOf(channel: Channel): string[] {
  if ('to' in channel) return [];
  if ('webhook' in channel) return [channel.webhook];
  return channel.url.startsWith('ssm:') ? [channel.url, channel.secret] : [channel.secret];
}
