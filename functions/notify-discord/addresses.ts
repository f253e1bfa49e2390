/**
 * A webhook answers with the message that it made when it is asked to wait.
 *
 * @source https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export function postAddress(webhook: string): string {
  const address = new URL(webhook);
  address.searchParams.set('wait', 'true');
  return address.href;
}

/** @source https://docs.discord.com/developers/resources/webhook#edit-webhook-message */
export function editAddress(webhook: string, messageId: string): string {
  const address = new URL(webhook);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/messages/${messageId}`;
  return address.href;
}
