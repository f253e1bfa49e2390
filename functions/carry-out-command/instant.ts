/**
 * A time that Discord shows each reader in their own zone.
 *
 * @param at ISO 8601
 * @source https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 */
export function instant(at: string): string {
  return `<t:${Math.floor(Date.parse(at) / 1000)}:f>`;
}
