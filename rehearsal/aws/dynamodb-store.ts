import { createRequire } from 'node:module';
import { Stream } from 'node:stream';

// What dynalite keeps its items in. Its own is made for a disk: streams, promises and turns of the event loop for each item,
// most of the time of a rehearsal in which something runs each minute. What is a condition, an index, an error stays its.
const require = createRequire(import.meta.url);
const database = require('dynalite/db') as { create(options: object): Store };

type Done<T> = (error: Error | null, value?: T) => void;
type GetTable = (name: string, done: Done<{ TableStatus: string }>) => void;

export interface Store {
  getTable: GetTable;
  getItemDb(name: string): Items;
  getIndexDb(kind: string, table: string, index: string): Items;
}

interface Range {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  limit?: number;
}

/** One for all: nobody looks where it came from, and a stack is slow to make. */
const NOT_FOUND = Object.assign(new Error('not found'), { name: 'NotFoundError' });

/** A store of dynalite, in memory, in which every call is carried out at once. */
export function storeInMemory(): Store {
  const store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const parts = new Map<string, Items>();
  const part = (name: string) => {
    const items = parts.get(name) ?? new Items();
    parts.set(name, items);
    return items;
  };
  return Object.assign(store, {
    getItemDb: (name: string) => part(name),
    getIndexDb: (kind: string, table: string, index: string) => part(`${kind.toLowerCase()} ${table} ${index}`),
    getTable: remembered(store.getTable),
  });
}

/** A table that is there does not change. */
function remembered(getTable: GetTable): GetTable {
  const known = new Map<string, { TableStatus: string }>();
  return (name, done) => {
    const table = known.get(name);
    if (table) done(null, table);
    else
      getTable(name, (error, found) => {
        if (found?.TableStatus === 'ACTIVE') known.set(name, found);
        done(error, found);
      });
  };
}

/** Items by their keys, in the order of the keys. As texts: nobody who was given one changes what is kept. */
export class Items {
  readonly #items = new Map<string, string>();
  readonly #keys: string[] = [];

  /** Each call is carried out at once: none can come between two steps of another. */
  lock(_key: string, act: (release: (done: unknown) => unknown) => void): void {
    act((done) => done);
  }

  get(key: string, done: Done<unknown>): void {
    const text = this.#items.get(key);
    if (text === undefined) done(NOT_FOUND);
    else done(null, JSON.parse(text));
  }

  put(key: string, item: unknown, done: Done<void>): void {
    if (!this.#items.has(key)) this.#keys.splice(this.#placeOf(key), 0, key);
    this.#items.set(key, JSON.stringify(item));
    done(null);
  }

  del(key: string, done: Done<void>): void {
    if (this.#items.delete(key)) this.#keys.splice(this.#placeOf(key), 1);
    done(null);
  }

  createValueStream({ reverse = false, limit = -1, ...range }: Range): Stream {
    const first = range.gt === undefined ? this.#placeOf(range.gte ?? '') : this.#placeAfter(range.gt);
    const end = range.lte === undefined ? this.#placeOf(range.lt ?? '\uffff') : this.#placeAfter(range.lte);
    const keys = this.#keys.slice(first, Math.max(first, end));
    return new Values(
      (reverse ? keys.reverse() : keys)
        .slice(0, limit < 0 ? undefined : limit)
        .map((key) => this.#items.get(key) ?? ''),
    );
  }

  /** Where a key is, or would be. */
  #placeOf(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #placeAfter(key: string): number {
    const place = this.#placeOf(key);
    return this.#keys[place] === key ? place + 1 : place;
  }
}

/** Tells one value after the other, once somebody listens. */
class Values extends Stream {
  #isOver = false;

  constructor(texts: string[]) {
    super();
    queueMicrotask(() => {
      for (const text of texts) if (!this.#isOver) this.emit('data', JSON.parse(text));
      this.emit('end');
    });
  }

  destroy(): void {
    this.#isOver = true;
  }
}
