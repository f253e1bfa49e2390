import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Request, Response } from './request.ts';

/** What is answered, before it is known how it is wanted. */
export interface Content {
  status?: number;
  body: string;
  headers: Record<string, string>;
  /** What it is known by; of the body without it. */
  tag?: string;
}

const WORTH_PACKING = 1000;
/** Packed bodies by their tag and packing: the same is asked for again and again. */
const packed = new Map<string, string>();
const KEPT = 50;

/** As the request wants it: not at all where it is known already, and packed. */
export function answer({ headers }: Pick<Request, 'headers'>, content: Content): Response {
  const { status: statusCode = 200, body, tag = tagOf(body) } = content;
  const etag = `W/"${tag}"`;
  const vary = [content.headers['vary'], 'accept-encoding'].filter(Boolean).join(', ');
  const sent = { ...content.headers, vary, ...(statusCode === 200 && { etag }) };
  if (statusCode === 200 && isKnown(headers['if-none-match'], etag)) return { statusCode: 304, headers: sent };
  const coding = body.length < WORTH_PACKING ? undefined : codingOf(headers['accept-encoding']);
  if (!coding) return { statusCode, headers: sent, body };
  return {
    ...{ statusCode, headers: { ...sent, 'content-encoding': coding } },
    ...{ body: pack(body, `${tagOf(body)} ${coding}`, coding), isBase64Encoded: true },
  };
}

export function tagOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Weakly: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
function isKnown(known: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known?.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag)) ?? false;
}

function codingOf(accepted = ''): 'br' | 'gzip' | undefined {
  const codings = accepted.split(',').map((coding) => coding.trim().toLowerCase());
  const isAccepted = (name: string) =>
    codings.some((coding) => coding.split(';')[0]?.trim() === name && !/;\s*q=0(\.0*)?$/.test(coding));
  return isAccepted('br') ? 'br' : isAccepted('gzip') ? 'gzip' : undefined;
}

function pack(body: string, key: string, coding: 'br' | 'gzip'): string {
  const known = packed.get(key);
  if (known !== undefined) return known;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  const made = (coding === 'br' ? brotliCompressSync(body, { params }) : gzipSync(body)).toString('base64');
  if (packed.size >= KEPT) packed.delete(packed.keys().next().value ?? '');
  packed.set(key, made);
  return made;
}
