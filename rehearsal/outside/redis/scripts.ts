import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { COMMANDS } from './commands.ts';
import type { Collection, Keys } from './keys.ts';
import type { Reply } from './reply.ts';

type Script = (keys: Keys, names: string[], args: string[]) => Reply;

interface Listed {
  name: string;
  content: string;
}

const run = (keys: Keys, command: string, ...args: (string | number)[]): Reply =>
  COMMANDS[command]?.(keys, args.map(String)) ?? null;

const LISTS = ['wait', 'paused', 'active'];

/** Removes what ended before an instant; the libraries count what it answers with. */
function cleaned(keys: Keys, key: string, before: number, limit: number): string[] {
  const found = keys.at(key) as Collection | undefined;
  const count = found?.clean(before, limit) ?? 0;
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

/**
 * What the libraries' own scripts do that read a queue or clean it, by their names; the interpreter of Redis is not here.
 *
 * @source bullmq 6.7.0 and bull 4.16.5, lib/commands
 */
const SCRIPTS: Record<string, Script> = {
  'bullmq getCounts': (keys, [prefix], args) => {
    const cutoff = Number(args[0]);
    const isCut = args[0] !== undefined && !Number.isNaN(cutoff);
    return args.slice(isCut ? 1 : 0).map((type) => {
      const key = `${prefix}${type}`;
      if (LISTS.includes(type)) return run(keys, 'LLEN', key);
      // A job's number is in the last twelve bits of when it is due.
      if (type === 'delayed' && isCut) return run(keys, 'ZCOUNT', key, '-inf', cutoff * 0x1000 - 1);
      return run(keys, 'ZCARD', key);
    });
  },
  'bullmq getRanges': (keys, [prefix], [from, to, asc, ...types]) => {
    const [start, end] = [Number(from), Number(to)];
    return types.map((type) => {
      const key = `${prefix}${type}`;
      if (!LISTS.includes(type)) return run(keys, asc === '1' ? 'ZRANGE' : 'ZREVRANGE', key, start, end);
      if (asc !== '1') return run(keys, 'LRANGE', key, start, end);
      const turned = (index: number) => (index === -1 ? 0 : -(index + 1));
      return run(keys, 'LRANGE', key, turned(end), turned(start));
    });
  },
  'bullmq getCountsPerPriority': (keys, [wait = '', prioritized = ''], priorities) =>
    priorities.map((text) => {
      const priority = Number(text);
      if (priority === 0) return run(keys, 'LLEN', wait);
      return run(keys, 'ZCOUNT', prioritized, priority * 2 ** 32, (priority + 1) * 2 ** 32 - 1);
    }),
  'bullmq cleanJobsInSet': (keys, [set = ''], [, before, limit]) => cleaned(keys, set, Number(before), Number(limit)),
  'bull getCountsPerPriority': (keys, [wait = '', , , priority = ''], priorities) =>
    priorities.map((text) => (text === '0' ? run(keys, 'LLEN', wait) : run(keys, 'ZCOUNT', priority, text, text))),
  'bull cleanJobsInSet': (keys, [set = ''], [, before, limit]) => cleaned(keys, set, Number(before), Number(limit)),
};

/** The libraries' scripts by the SHA-1 of their text, as EVALSHA names them. */
const byHash = new Map<string, string>();

function hashed(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function learn(): void {
  const require = createRequire(import.meta.url);
  const lists: [string, string][] = [
    ['bull', 'bull/lib/scripts/index.js'],
    ['bullmq', 'bullmq/dist/cjs/scripts/index.js'],
  ];
  for (const [library, file] of lists)
    for (const script of Object.values(require(file) as Record<string, Partial<Listed>>))
      if (script.content !== undefined) byHash.set(hashed(script.content), `${library} ${script.name}`);
}

/**
 * What a script answers; undefined where it is not known by its hash.
 *
 * @throws Error naming a script of the libraries that the rehearsal has no model of
 */
export function evaluated(keys: Keys, hash: string, rest: string[]): Reply | undefined {
  if (byHash.size === 0) learn();
  const name = byHash.get(hash);
  if (name === undefined) return undefined;
  const script = SCRIPTS[name];
  if (!script)
    throw new Error(`the rehearsal has no model of the script ${name}: add it to rehearsal/outside/redis/scripts.ts`);
  const [count = '0', ...words] = rest;
  return script(keys, words.slice(0, Number(count)), words.slice(Number(count)));
}

/** The same for EVAL, which carries the script's text. */
export function evaluatedText(keys: Keys, text: string, rest: string[]): Reply {
  const reply = evaluated(keys, hashed(text), rest);
  if (reply !== undefined) return reply;
  throw new Error(
    `the rehearsal knows no other scripts than those of Bull and BullMQ, and was given: ${text.slice(0, 80)}`,
  );
}
