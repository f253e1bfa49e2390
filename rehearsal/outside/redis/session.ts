import { COMMANDS, Refused } from './commands.ts';
import type { Keys } from './keys.ts';
import { Failure, OK, type Reply, Status } from './reply.ts';
import { evaluated, evaluatedText } from './scripts.ts';

/** A Redis, as its clients find it. */
export interface Server {
  /** What a database holds. */
  keys(db: number): Keys;
  username?: string;
  password?: string;
  /** In bytes; without a limit `max` is 0. */
  memory(): { used: number; max: number };
  /** It has started and reads its data still. */
  isLoading(): boolean;
}

/** What is answered before one has said who one is. */
const OPEN = new Set(['AUTH', 'HELLO', 'QUIT', 'RESET']);
const NOT_AUTHENTICATED = new Failure('NOAUTH Authentication required.');
const LOADING = new Failure('LOADING Redis is loading the dataset in memory');

/** What one connection has said so far. */
export class Session {
  readonly #server: Server;
  #isKnown: boolean;
  #db = 0;
  #queued: string[][] | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#isKnown = server.password === undefined;
  }

  /** Answers a command; QUIT ends the connection afterwards. @throws Error where the rehearsal knows no answer */
  answer(words: string[]): Reply {
    const [word = '', ...args] = words;
    const name = word.toUpperCase();
    if (name === 'AUTH') return this.#auth(args);
    if (!this.#isKnown && !OPEN.has(name)) return NOT_AUTHENTICATED;
    if (name === 'MULTI') this.#queued = [];
    if (name === 'MULTI') return OK;
    if (name === 'EXEC') return this.#exec();
    if (name === 'DISCARD') this.#queued = undefined;
    if (name === 'DISCARD') return OK;
    if (!this.#queued) return this.#do(name, args);
    this.#queued.push([name, ...args]);
    return new Status('QUEUED');
  }

  #exec(): Reply {
    const queued = this.#queued ?? [];
    this.#queued = undefined;
    return queued.map(([name = '', ...args]) => this.#do(name, args));
  }

  #do(name: string, args: string[]): Reply {
    if (this.#server.isLoading() && name !== 'INFO' && name !== 'CLIENT') return LOADING;
    const own = this.#own(name, args);
    if (own !== undefined) return own;
    const command = COMMANDS[name];
    if (!command) throw new Error(`the rehearsal's Redis does not know ${name}: add it to rehearsal/outside/redis`);
    try {
      return command(this.#server.keys(this.#db), args);
    } catch (error) {
      if (error instanceof Refused) return new Failure(error.message);
      throw error;
    }
  }

  /** Commands that ask for the server, or that run others. */
  #own(name: string, args: string[]): Reply | undefined {
    const [first = '', ...rest] = args;
    if (name === 'SELECT') this.#db = Number(first);
    if (['SELECT', 'CLIENT', 'QUIT', 'RESET', 'READONLY'].includes(name)) return OK;
    if (name === 'HELLO') return new Failure("ERR unknown command 'HELLO'");
    if (name === 'PING') return first || new Status('PONG');
    if (name === 'ECHO') return first;
    if (name === 'INFO') return this.#info();
    if (name === 'CONFIG') return this.#config(rest);
    if (name === 'TIME') return [String(Math.floor(Date.now() / 1000)), String((Date.now() % 1000) * 1000)];
    if (name === 'EVALSHA')
      return (
        evaluated(this.#server.keys(this.#db), first, rest) ??
        new Failure('NOSCRIPT No matching script. Please use EVAL.')
      );
    if (name === 'EVAL') return evaluatedText(this.#server.keys(this.#db), first, rest);
    return undefined;
  }

  /** @source Redis command reference, AUTH: the user is `default` where none is named */
  #auth(words: string[]): Reply {
    const { username = 'default', password } = this.#server;
    const [user, word] = words.length > 1 ? words : ['default', words[0]];
    if (password === undefined)
      return new Failure(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    this.#isKnown = user === username && word === password;
    return this.#isKnown ? OK : new Failure('WRONGPASS invalid username-password pair or user is disabled.');
  }

  #info(): string {
    const { used, max } = this.#server.memory();
    const lines = [
      ...['# Server', 'redis_version:7.0.15', 'redis_mode:standalone'],
      ...['# Memory', `used_memory:${used}`, `maxmemory:${max}`, 'maxmemory_policy:noeviction'],
      ...['# Persistence', `loading:${Number(this.#server.isLoading())}`, '# Replication', 'role:master'],
    ];
    return `${lines.join('\r\n')}\r\n`;
  }

  #config([name = '']: string[]): Reply {
    if (/^maxmemory$/i.test(name)) return [name, String(this.#server.memory().max)];
    return /^maxmemory-policy$/i.test(name) ? [name, 'noeviction'] : [];
  }
}
