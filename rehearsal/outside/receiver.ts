import type { PostedFile } from './form.ts';

/** A request to a webhook. */
export interface Posted {
  /** `post`, `patch`, `get` */
  method: string;
  /** What comes after the address of the webhook: `/messages/123`. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  files: PostedFile[];
  /** Milliseconds since the epoch. */
  now: number;
}

export interface Response {
  status: number;
  data: string;
  headers?: Record<string, string>;
}

/** What people saw of an accepted request. */
export interface Shown {
  id: string;
  how: 'posted' | 'edited';
}

/** One webhook: what it answers, and what it shows. */
export interface Receiver {
  take(request: Posted): { response: Response; shown?: Shown };
  /** What it answers when the scenario has it answer so. */
  refuse(status: number, retryAfter?: number): Response;
}

/** An answer, as JSON where it is not text. */
export function answer(status: number, data: object | string = '', headers?: Record<string, string>): Response {
  return { status, data: typeof data === 'string' ? data : JSON.stringify(data), ...(headers && { headers }) };
}

/** The header that says how long to wait: whole seconds, rounded up. */
export function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) };
}
