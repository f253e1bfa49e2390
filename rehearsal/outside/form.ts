import { parsed } from '../aws/published.ts';

/** A file that came with a request. */
export interface PostedFile {
  /** Its field of the form: `files[0]`. */
  field: string;
  name: string;
  type: string;
  data: Buffer;
}

/** What a request carries: JSON as what it says; of a form its `payload_json` and its files. */
export interface Carried {
  body: unknown;
  files: PostedFile[];
}

/**
 * Reads the body of a request as the services do that take both JSON and forms. Written apart from `shared/channels/multipart.ts`
 * on purpose: the two are held against each other by every rehearsal.
 *
 * @source RFC 2046, 5.1.1: a part is what stands between two lines of the boundary; RFC 7578
 */
export function carried(data: Uint8Array | string, contentType: string): Carried {
  const [, boundary] = /^multipart\/form-data;.*\bboundary="?([^";]+)"?/i.exec(contentType) ?? [];
  if (boundary === undefined) return { body: parsed(Buffer.from(data).toString()), files: [] };
  const whole = Buffer.from(data).toString('latin1');
  const inner = `\r\n${whole}`.split(`\r\n--${boundary}`).slice(1);
  if (!inner.at(-1)?.startsWith('--')) return { body: 'a form without an end', files: [] };
  const parts = inner.slice(0, -1).map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const of = (pattern: RegExp) => pattern.exec(head)?.[1];
    return {
      field: of(/\bname="([^"]*)"/i) ?? '',
      name: of(/\bfilename="([^"]*)"/i),
      type: of(/content-type: *(\S+)/i) ?? 'text/plain',
      data: Buffer.from(part.slice(end + 4), 'latin1'),
    };
  });
  const json = parts.find(({ field }) => field === 'payload_json')?.data.toString();
  return {
    body: json === undefined ? undefined : parsed(json),
    files: parts.flatMap(({ name, ...part }) => (name === undefined ? [] : [{ ...part, name }])),
  };
}
