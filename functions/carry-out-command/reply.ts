import { post } from '../../shared/channels/post.ts';
import { WebhookDeleted } from '../../shared/errors.ts';
import type { Input } from './contract.ts';

/** How Discord hears of what came of an interaction, by its token alone. */
export const voice = { post, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

const WEBHOOKS = 'https://discord.com/api/v10/webhooks';
const EPHEMERAL = 64;
/** So long Discord may take to know the answer that receive-interaction has just given. */
const WAITS_MS = [500, 1500];

/** A message, or a part of one; nobody is mentioned, whatever it says. */
export interface Said {
  content?: string;
  embeds?: object[];
  components?: object[];
}

/**
 * Says it in the place of what was answered first: of "thinking…", or of the message that the button is on.
 *
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#edit-original-interaction-response
 */
export async function sayInstead(
  { application, token }: Input['interaction'],
  said: Said,
  effects: typeof voice,
): Promise<void> {
  const address = `${WEBHOOKS}/${application}/${token}/messages/@original`;
  for (const wait of [...WAITS_MS, undefined])
    try {
      await effects.post(address, unmentioned(said), { method: 'patch' });
      return;
    } catch (error) {
      // There is nothing to edit until the first answer has come to Discord.
      if (!(error instanceof WebhookDeleted) || wait === undefined) throw error;
      await effects.sleep(wait);
    }
}

/**
 * Says it as a message of its own, to the channel or to who asked alone. Where the first answer was "thinking…", only
 * after that was replaced: until then Discord takes a message for it.
 *
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
 */
export async function sayMore(
  { application, token }: Input['interaction'],
  { isPrivate = false, ...said }: Said & { isPrivate?: boolean },
  effects: typeof voice,
): Promise<void> {
  const body = { ...unmentioned(said), ...(isPrivate && { flags: EPHEMERAL }) };
  await effects.post(`${WEBHOOKS}/${application}/${token}`, body);
}

function unmentioned(said: Said): object {
  return { ...said, allowed_mentions: { parse: [] } };
}
