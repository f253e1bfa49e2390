/** What Redis answers to a command. */
export type Reply = string | number | null | Reply[] | Status | Failure;

/** `+OK` */
export class Status {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** `-WRONGTYPE Operation against …` */
export class Failure {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const OK = new Status('OK');

/** @source Redis serialization protocol specification, RESP2 */
export function encoded(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  if (reply instanceof Status) return `+${reply.text}\r\n`;
  if (reply instanceof Failure) return `-${reply.text}\r\n`;
  return `*${reply.length}\r\n${reply.map(encoded).join('')}`;
}
