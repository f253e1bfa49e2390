import type { Request } from '../outside.ts';
import { faultOf } from './discord.ts';
import { answer, type Response } from './receiver.ts';

/** An interaction as Discord remembers it, by its token. */
export interface Interaction {
  at: number;
  /** `later`: somebody is thinking. `open`: a message is there, or the button's is. Without it nobody has answered yet. */
  is?: 'later' | 'open';
  /** Whether the first answer is seen by who asked alone. */
  isPrivate: boolean;
}

/** What people read. */
export interface Read {
  body: unknown;
  isPrivate: boolean;
}

const INVALID_TOKEN = answer(401, { message: 'Invalid Webhook Token', code: 50027 });
const UNKNOWN_MESSAGE = answer(404, { message: 'Unknown Message', code: 10008 });
const UNKNOWN_WEBHOOK = answer(404, { message: 'Unknown Webhook', code: 10015 });
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 64;

/**
 * What Discord answers to whoever says more of an interaction, by its token.
 *
 * @param now milliseconds since the epoch
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages: tokens are good for
 *   15 minutes; there is nothing to edit before the first answer; a message after "thinking…" takes its place
 */
export function sayMore(
  known: Interaction | undefined,
  { method, url, body }: Pick<Request, 'method' | 'url' | 'body'>,
  now: number,
): { response: Response; read?: Read } {
  if (!known) return { response: UNKNOWN_WEBHOOK };
  if (now - known.at > TOKEN_MS) return { response: INVALID_TOKEN };
  const isEdit = method === 'patch' && url.endsWith('/messages/@original');
  if (!isEdit && (method !== 'post' || url.includes('/messages/'))) return { response: answer(405) };
  if (!known.is) return { response: isEdit ? UNKNOWN_MESSAGE : UNKNOWN_WEBHOOK };
  const fault = faultOf((body ?? {}) as Parameters<typeof faultOf>[0]);
  if (fault) return { response: answer(400, fault) };
  const takesItsPlace = isEdit || known.is === 'later';
  const isAsked = (body as { flags?: number } | null)?.flags === EPHEMERAL;
  known.is = 'open';
  const isPrivate = takesItsPlace ? known.isPrivate : isAsked;
  return { response: answer(200, { id: '1436000000000000001', type: 0 }), read: { body, isPrivate } };
}
