/** Services whose own fields begin with small letters. */
const SMALL = new Set(['sfn', 'ecs', 'cloudwatchlogs']);

/**
 * The fields of a request or an answer of a direct integration: a state machine writes and reads them with capitals, also
 * where the service's own have small letters.
 *
 * @source Step Functions developer guide, "Integrating services": "parameters in Step Functions are expressed in
 * PascalCase, even if the native service API is in camelCase"
 */
export function renamed(service: string, value: unknown, direction: 'toService' | 'toMachine'): unknown {
  if (!SMALL.has(service)) return value;
  if (Array.isArray(value)) return value.map((entry) => renamed(service, entry, direction));
  if (!value || typeof value !== 'object') return value;
  const first = (name: string) =>
    direction === 'toService' ? name.charAt(0).toLowerCase() : name.charAt(0).toUpperCase();
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [first(name) + name.slice(1), renamed(service, entry, direction)]),
  );
}

/**
 * The request of a direct integration, as the service gets it.
 *
 * @source Step Functions developer guide, "Publish messages to an Amazon SNS topic": its example gives an object as Message
 */
export function requestOf(service: string, input: unknown): unknown {
  const { Message } = (service === 'sns' ? input : {}) as { Message?: unknown };
  if (Message && typeof Message === 'object') return { ...(input as object), Message: JSON.stringify(Message) };
  return renamed(service, input, 'toService');
}
