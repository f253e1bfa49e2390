import { Refused } from '../command.ts';

const API = 'https://discord.com/api/v10';

export type Call = <Answer>(method: 'GET' | 'PUT' | 'PATCH', path: string, body?: object) => Promise<Answer>;

/** What Discord's refusals come to. */
const MENDS: Record<number, string> = {
  401: 'the token of the bot is not valid: make a new one in the developer portal, and put it into the same parameter',
  403: 'the application may not do this on that server: invite it there with the scopes bot and applications.commands',
  404: 'Discord does not know the application or the server: compare commands.application and commands.guild',
  429: 'this was asked too often: wait a minute',
};

/**
 * Discord's API, as the bot of the application.
 *
 * @throws Refused with what Discord says and how to mend it; the token is in no message
 */
export function discordAs(token: string, fetching: typeof fetch = fetch): Call {
  return async <Answer>(method: string, path: string, body?: object) => {
    const answer = await fetching(`${API}${path}`, {
      method,
      headers: { authorization: `Bot ${token.trim()}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      throw new Refused(`Discord does not answer (${error.cause?.code ?? error.name}): is there a network?`);
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text) as Answer;
    const mend = MENDS[answer.status] ?? 'compare with what its documentation says of this error';
    throw new Refused(`Discord answered ${answer.status} to ${method} ${path}: ${saidIn(text)}\n${mend}`);
  };
}

/** Its message, and each field that is wrong. */
function saidIn(text: string): string {
  try {
    const { message = '', errors } = JSON.parse(text) as { message?: string; errors?: object };
    return errors ? `${message} ${JSON.stringify(errors)}` : message;
  } catch {
    return text.slice(0, 200);
  }
}
