import { faultsOfRows, type Row } from './components.ts';
import { type Attachments, faultOfFiles } from './discord-files.ts';
import { Rate } from './rate.ts';
import { answer, type Posted, type Receiver, type Response, retryAfter, type Shown } from './receiver.ts';

interface Embed {
  title?: string;
  description?: string;
  footer?: { text: string };
  image?: { url: string };
  author?: { name: string };
  fields?: { name: string; value: string }[];
}

interface Body extends Attachments {
  components?: Row[];
  content?: string | null;
  embeds?: Embed[];
}

const UNKNOWN_MESSAGE = answer(404, { message: 'Unknown Message', code: 10008 });
/** What Discord answers where there is no such webhook. */
export const UNKNOWN_WEBHOOK = answer(404, { message: 'Unknown Webhook', code: 10015 });

/**
 * A webhook of Discord: posts, and edits of what it has posted.
 *
 * @source https://docs.discord.com/developers/resources/webhook, …/resources/message#embed-object-embed-limits,
 *   …/topics/rate-limits, …/topics/opcodes-and-status-codes#json; thirty messages a minute are what was measured
 */
export class Discord implements Receiver {
  readonly #rate = new Rate(30);
  readonly #messages = new Map<string, Body>();
  #count = 0;

  take({ method, path, query, body, files, now }: Posted): { response: Response; shown?: Shown } {
    const [, id] = path.match(/^\/messages\/(\d+)$/) ?? [];
    if (method === 'get') return { response: this.#look(path, id) };
    if (!(method === 'post' && path === '') && !(method === 'patch' && id))
      return { response: answer(405, { message: '405: Method Not Allowed', code: 0 }) };
    const seconds = this.#rate.exceeded(now);
    if (seconds !== undefined) return { response: this.refuse(429, seconds) };
    if (id && !this.#messages.has(id)) return { response: UNKNOWN_MESSAGE };
    const before = id ? this.#messages.get(id) : undefined;
    // Where it is not asked for them, Discord drops them without a word.
    const { components, ...rest } = (body ?? {}) as Body;
    const isKept = components !== undefined && query.get('with_components') === 'true';
    const message = { ...before, ...rest, ...(isKept && { components }) };
    const fault = faultOf(message) ?? faultOfFiles((body ?? {}) as Body, files, before);
    if (fault) return { response: answer(400, fault) };
    const kept = id ?? `1435${String(++this.#count).padStart(15, '0')}`;
    this.#messages.set(kept, message);
    const isTold = id !== undefined || query.get('wait') === 'true';
    const response = isTold ? answer(200, { id: kept, type: 0, ...message }) : answer(204);
    return { response, shown: { id: kept, how: id ? 'edited' : 'posted' } };
  }

  refuse(status: number, seconds?: number): Response {
    if (status === 404) return UNKNOWN_WEBHOOK;
    if (status !== 429) return answer(status);
    const said = seconds === undefined ? {} : { retry_after: seconds };
    return answer(429, { message: 'You are being rate limited.', ...said, global: false }, retryAfter(seconds));
  }

  /** Somebody deletes all messages. */
  forget(): void {
    this.#messages.clear();
  }

  #look(path: string, id: string | undefined): Response {
    if (path === '') return answer(200, { id: '1435', type: 1, name: 'Lamplighter' });
    const message = id && this.#messages.get(id);
    return message ? answer(200, { id, type: 0, ...message }) : UNKNOWN_MESSAGE;
  }
}

/** What Discord finds wrong with a message. */
export function faultOf({ content, embeds = [], components }: Body): { message: string; code: number } | undefined {
  if (!content && embeds.length === 0) return { message: 'Cannot send an empty message', code: 50006 };
  const broken = [
    ...faultsOfRows(components),
    ...tooLong('content', content, 2000),
    ...(embeds.length > 10 ? ['embeds'] : []),
    ...embeds.flatMap(({ title, description, footer, author, fields = [] }) => [
      ...tooLong('title', title, 256),
      ...tooLong('description', description, 4096),
      ...tooLong('footer', footer?.text, 2048),
      ...tooLong('author', author?.name, 256),
      ...(fields.length > 25 ? ['fields'] : []),
      ...fields.flatMap(({ name, value }) => [
        ...(name && value ? [] : ['field']),
        ...tooLong('field.name', name, 256),
        ...tooLong('field.value', value, 1024),
      ]),
      ...(title || description || footer || author || fields.length > 0 ? [] : ['embed']),
    ]),
    ...(embeds.reduce((sum, embed) => sum + lengthOf(embed), 0) > 6000 ? ['embeds together'] : []),
  ];
  return broken.length > 0 ? { message: `Invalid Form Body: ${broken.join(', ')}`, code: 50035 } : undefined;
}

function tooLong(name: string, text: string | null | undefined, most: number): string[] {
  return (text ?? '').length > most ? [name] : [];
}

function lengthOf({ title, description, footer, author, fields = [] }: Embed): number {
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, text) => sum + (text ?? '').length, 0);
}
