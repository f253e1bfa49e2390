import { Duplex } from 'node:stream';
import Parser from 'redis-parser';
import type { VirtualClock } from '../../clock.ts';
import { encoded } from './reply.ts';
import { type Server, Session } from './session.ts';

/** What there is at an address: a Redis, one that never answers, or nobody. */
export type There = { server: Server; isMute?: boolean } | { error: string } | 'hangs';

const realImmediate = globalThis.setImmediate;
/** So many turns of the event loop a client may take to read an answer and to ask on: virtual time waits for them. */
const TURNS = 4;

/** A connection to a Redis of the rehearsal, as a client of `net` or `tls` has it. */
export class Connection extends Duplex {
  readonly encrypted: boolean;
  readonly authorized = true;
  readonly remoteAddress = '10.0.0.1';
  readonly remotePort: number;
  connecting = true;
  readonly #clock: VirtualClock;
  readonly #fatal: (error: Error) => void;
  readonly #parser: Parser;
  #session: Session | undefined;
  #isMute = false;
  #timeout: ReturnType<typeof setTimeout> | undefined;

  /** @param fatal hears of what the rehearsal itself cannot do */
  constructor(clock: VirtualClock, port: number, encrypted: boolean, fatal: (error: Error) => void) {
    super({ allowHalfOpen: false });
    this.#clock = clock;
    this.#fatal = fatal;
    this.remotePort = port;
    this.encrypted = encrypted;
    this.#parser = new Parser({
      returnReply: (words: string[]) => this.#answer(words),
      returnError: (error: Error) => fatal(error),
      returnFatalError: (error: Error) => fatal(error),
    });
    this.once('close', () => clearTimeout(this.#timeout));
  }

  /** Somebody is there, or not; a connection that hangs stays as it is. */
  meet(there: There): void {
    if (this.destroyed || there === 'hangs') return;
    if ('error' in there) {
      this.#hold();
      this.destroy(Object.assign(new Error(`connect ${there.error}`), { code: there.error }));
      return;
    }
    this.#session = new Session(there.server);
    this.#isMute = there.isMute ?? false;
    this.connecting = false;
    this.#hold();
    this.emit('connect');
    if (this.encrypted) this.emit('secureConnect');
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#hold();
    // A client counts on no answer before it has remembered what it asked.
    if (!this.#isMute) process.nextTick(() => this.#parser.execute(chunk));
    done();
  }

  override _read(): void {}

  override _final(done: () => void): void {
    this.#hold();
    this.push(null);
    done();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(milliseconds: number, then?: () => void): this {
    clearTimeout(this.#timeout);
    if (then) this.once('timeout', then);
    if (milliseconds > 0) this.#timeout = setTimeout(() => this.emit('timeout'), milliseconds);
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #answer(words: string[]): void {
    try {
      const reply = this.#session?.answer(words.map(String));
      if (reply === undefined || this.destroyed || this.readableEnded) return;
      this.push(encoded(reply));
      if (/^quit$/i.test(String(words[0]))) this.push(null);
    } catch (error) {
      this.#fatal(error as Error);
    }
  }

  /** What a client does next takes no virtual time, but turns of the event loop. */
  #hold(): void {
    void this.#clock.inRealTime(async () => {
      for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => realImmediate(resolve));
    });
  }
}
