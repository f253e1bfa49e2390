import axios from 'axios';
import { HttpFailed } from '../errors.ts';
import { problemOf } from '../watch/problem.ts';
import { because } from './reasons.ts';

/** More of an answer is not read. */
const LONGEST_ANSWER = 5 * 1024 * 1024;

/** A call over HTTP. */
export interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body?: string;
  withinSeconds: number;
}

export interface Answer {
  status: number;
  text: string;
}

/**
 * Makes a call and gives what is answered, whatever that is. The headers may hold secrets: no error carries them, and they
 * are given to nobody whom a redirection names.
 *
 * @throws HttpFailed when there is no answer
 */
export async function request({ method, url, headers, body, withinSeconds }: Asked): Promise<Answer> {
  const response = await axios({
    ...{ method, url, headers, data: body, timeout: withinSeconds * 1000, maxRedirects: 0 },
    ...{ responseType: 'text', maxContentLength: LONGEST_ANSWER, validateStatus: () => true },
    transformResponse: (text: unknown) => text,
  }).catch((error: { code?: string }) => {
    const isLate = error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT';
    throw new HttpFailed(isLate ? because('noAnswerWithin', withinSeconds) : problemOf({ code: error.code }));
  });
  return { status: response.status, text: String(response.data ?? '') };
}
