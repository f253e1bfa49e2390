import type { Channel } from '../../shared/stage/compiled.ts';
import { Discord } from './discord.ts';
import { Rate } from './rate.ts';
import { answer, type Posted, type Receiver, type Response, retryAfter, type Shown } from './receiver.ts';

/** A webhook that shows whatever it takes, and never lets it be edited. */
class Plain implements Receiver {
  readonly #judge: (body: unknown, now: number) => Response | undefined;
  readonly #taken: Response;
  #count = 0;

  /** @param judge answers what is not taken */
  constructor(taken: Response, judge: (body: unknown, now: number) => Response | undefined = () => undefined) {
    this.#taken = taken;
    this.#judge = judge;
  }

  take({ method, path, body, now }: Posted): { response: Response; shown?: Shown } {
    if (method !== 'post' || path !== '') return { response: answer(path === '' ? 405 : 404) };
    const refused = this.#judge(body, now);
    return refused
      ? { response: refused }
      : { response: this.#taken, shown: { id: `${++this.#count}`, how: 'posted' } };
  }

  refuse(status: number, seconds?: number): Response {
    return answer(status, '', retryAfter(seconds));
  }
}

/** @source https://learn.microsoft.com/en-us/connectors/teams/, known issues and limitations */
const TEAMS_BYTES = 28_000;

interface Block {
  type: string;
  text?: { text: string };
  fields?: { text: string }[];
  elements?: object[];
}

/**
 * An incoming webhook of Slack: one a second, short bursts aside.
 *
 * @source https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, …/apis/web-api/rate-limits,
 *   …/reference/block-kit/blocks
 */
function slack(): Receiver {
  const rate = new Rate(60);
  return new Plain(answer(200, 'ok'), (body, now) => {
    const seconds = rate.exceeded(now);
    if (seconds !== undefined) return answer(429, '', retryAfter(seconds));
    const { text, blocks = [] } = (body ?? {}) as { text?: string; blocks?: Block[] };
    if (!text && blocks.length === 0) return answer(400, 'no_text');
    return blocks.length > 50 || blocks.some(isInvalid) ? answer(400, 'invalid_blocks') : undefined;
  });
}

function isInvalid({ type, text, fields = [], elements = [] }: Block): boolean {
  const length = text?.text.length;
  if (type === 'header') return !length || length > 150;
  if (type === 'context') return elements.length === 0 || elements.length > 10;
  if (type !== 'section') return false;
  const isEmpty = text === undefined ? fields.length === 0 : length === 0;
  return isEmpty || (length ?? 0) > 3000 || fields.length > 10 || fields.some((field) => field.text.length > 2000);
}

type PostedKind = Exclude<Channel['kind'], 'email' | 'sms'>;

const KINDS: Record<PostedKind, () => Receiver> = {
  discord: () => new Discord(),
  slack,
  teams: () =>
    new Plain(answer(202), (body) => (Buffer.byteLength(JSON.stringify(body)) > TEAMS_BYTES ? answer(413) : undefined)),
  webhook: () => new Plain(answer(204)),
};

/** A webhook as services of its kind make them. */
export function receiverOf(kind: PostedKind): Receiver {
  return KINDS[kind]();
}
