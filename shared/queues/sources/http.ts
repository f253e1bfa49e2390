import http from 'node:http';
import https from 'node:https';
import * as z from 'zod/mini';
import { QueueUnreadable } from '../../errors.ts';
import { because } from '../problems.ts';
import { ratesOf } from '../rates.ts';
import type { Mark } from '../reading.ts';
import { topReasons } from '../reasons.ts';
import type { SourceOf } from '../source.ts';
import type { Read } from './jobs.ts';

/** In bytes: it is a handful of numbers. */
const LONGEST_ANSWER = 64 * 1024;

const count = z.number().check(z.nonnegative());

/** What the address answers: the numbers of a reading; `added`, if it counts the jobs that were ever added. */
const answer = z.object({
  waiting: count,
  active: count,
  delayed: z._default(count, 0),
  due: z._default(count, 0),
  paused: z.optional(count),
  failed: z.optional(count),
  added: z.optional(count),
  oldestSeconds: z.optional(count),
  arrivals: z.optional(count),
  completions: z.optional(count),
  failures: z.optional(count),
  errorPercent: z.optional(count),
  memoryPercent: z.optional(count),
  reasons: z.optional(z.array(z.object({ reason: z.string(), times: count }))),
});

/** Reads a queue by asking an address of its owner's. @throws QueueUnreadable when it answers something else */
export async function readHttp(
  source: SourceOf<'http'>,
  before: Mark | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Read> {
  const parsed = answer.safeParse(json(await get(source, signal)));
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'waiting'))];
    throw new QueueUnreadable(because('noNumbers', fields.join(',')));
  }
  const { added, reasons, ...told } = parsed.data;
  const { waiting, active, delayed, due, paused = 0, failed } = told;
  const mark: Mark = {
    ...{ at: now, inside: waiting + active + delayed + due + paused },
    ...(added !== undefined && { added }),
    ...(failed !== undefined && { failed }),
  };
  // What the address tells of the last minute, it knows better.
  const reading = { at: now, ...ratesOf(before, mark), ...told };
  return { reading: { ...reading, ...(reasons && { reasons: shortened(reasons) }) }, mark };
}

function shortened(reasons: { reason: string; times: number }[]) {
  return reasons
    .flatMap(({ reason, times }) => (topReasons([reason]) ?? []).map((one) => ({ ...one, times })))
    .slice(0, 5);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new QueueUnreadable(because('noJson'));
  }
}

/** Not redirected: nobody but the address itself is to see the header. */
function get({ url, header }: SourceOf<'http'>, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const headers = { 'user-agent': 'lamplighter', accept: 'application/json' };
    const options = {
      agent: false as const,
      signal,
      headers: { ...headers, ...(header && { [header.name]: header.value }) },
    };
    const asked = request(url, options, (response) => {
      const { statusCode = 0 } = response;
      const parts: Buffer[] = [];
      let length = 0;
      const fail = (problem: string) => {
        reject(new QueueUnreadable(problem));
        asked.destroy();
      };
      if (statusCode !== 200) return fail(because('answers', statusCode));
      response.on('data', (part: Buffer) => {
        length += part.length;
        parts.push(part);
        if (length > LONGEST_ANSWER) fail(because('tooLong'));
      });
      response.on('end', () => resolve(Buffer.concat(parts).toString()));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
