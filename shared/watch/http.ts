import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { because } from '../reasons.ts';
import type { CheckOf } from '../stage/compiled.ts';
import { problemOf } from './problem.ts';
import type { Result } from './result.ts';

const MOST_REDIRECTIONS = 5;
/** As much of an answer is read, in bytes; what it contains stands in that. */
const LONGEST_ANSWER = 256 * 1024;

/** The certificates that are trusted besides those of Node. */
interface Trust {
  ca?: string;
}

interface Answer {
  status: number;
  location?: string;
  text: string;
  certificateEndsAt?: number;
}

/**
 * Asks an address, as a browser would: redirections are followed, certificates looked at.
 *
 * @param signal ends it, whatever it is at
 */
export async function askHttp(check: CheckOf<'http'>, signal: AbortSignal, trust: Trust = {}): Promise<Result> {
  const begun = Date.now();
  const seen = new Set<string>();
  let address = check.url;
  try {
    for (;;) {
      seen.add(address);
      const { location, ...answer } = await get(address, check, signal, trust);
      if (location === undefined || answer.status === check.status) return judge(answer, check, Date.now() - begun);
      address = new URL(location, address).href;
      if (seen.has(address) || seen.size > MOST_REDIRECTIONS || !/^https?:/.test(address))
        return { outcome: 'failed', ms: Date.now() - begun, problem: because('redirected') };
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return { outcome: 'failed', ms: Date.now() - begun, problem: problemOf(error) };
  }
}

function judge({ status, text, certificateEndsAt }: Answer, check: CheckOf<'http'>, ms: number): Result {
  const facts = { ms, ...(certificateEndsAt !== undefined && { certificateEndsAt }) };
  const isRight = check.status === undefined ? status >= 200 && status <= 299 : status === check.status;
  if (!isRight) return { outcome: 'failed', ...facts, problem: because('answers', status) };
  if (check.contains !== undefined && !text.includes(check.contains))
    return { outcome: 'failed', ...facts, problem: because('answersWithout', status, check.contains) };
  return { outcome: 'ok', ...facts };
}

function get(url: string, { contains }: CheckOf<'http'>, signal: AbortSignal, { ca }: Trust): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    // A connection of its own: one that is kept would show neither that no other is taken nor the certificate.
    const options = {
      ...{ agent: false as const, signal, headers: { 'user-agent': 'lamplighter', 'accept-encoding': 'identity' } },
      ...(ca !== undefined && { ca }),
    };
    const asked = request(url, options, (response) => {
      const { statusCode: status = 0, headers, socket } = response;
      const certificateEndsAt = endOf(socket as Partial<TLSSocket>);
      const parts: Buffer[] = [];
      let length = 0;
      const end = () => {
        const location = status >= 300 && status <= 399 ? headers.location : undefined;
        resolve({
          status,
          text: Buffer.concat(parts).toString(),
          ...(location !== undefined && { location }),
          ...(certificateEndsAt !== undefined && { certificateEndsAt }),
        });
        asked.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (contains !== undefined) parts.push(chunk);
        // It is no download: what comes after this is not waited for.
        if (length >= LONGEST_ANSWER) end();
      });
      response.on('end', end);
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

function endOf(socket: Partial<TLSSocket>): number | undefined {
  const end = Date.parse(socket.getPeerCertificate?.().valid_to ?? '');
  return Number.isNaN(end) ? undefined : end;
}
