/**
 * A webhook answers with the message that it made when it is asked to wait.
 *
 * @param hasButtons the webhook is one of the application: others, and those that are not asked so, drop its buttons
 * @source https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export function postAddress(webhook: string, hasButtons = false): string {
  const address = withButtons(webhook, hasButtons);
  address.searchParams.set('wait', 'true');
  return address.href;
}

/** @source https://docs.discord.com/developers/resources/webhook#edit-webhook-message */
export function editAddress(webhook: string, messageId: string, hasButtons = false): string {
  const address = withButtons(webhook, hasButtons);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/messages/${messageId}`;
  return address.href;
}

function withButtons(webhook: string, hasButtons: boolean): URL {
  const address = new URL(webhook);
  if (hasButtons) address.searchParams.set('with_components', 'true');
  return address;
}
