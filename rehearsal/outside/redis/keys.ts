/** One member of a list or a sorted set; of a list in its order, of a sorted set by its scores. */
export interface Member {
  id: string;
  score: number;
}

/** What lies at a key. Members are asked for only where somebody wants to see them: counting must not cost. */
export type Value =
  | { type: 'string'; text: string }
  | { type: 'hash'; fields: Record<string, string> }
  | {
      type: 'list' | 'zset';
      size: number;
      members(): Member[];
      /** Removes what ended before an instant, the oldest first, and at most so many: all where that is nothing. */
      clean(before: number, limit: number): number;
    };

export type Collection = Extract<Value, { size: number }>;

/** What a database of Redis holds. */
export interface Keys {
  at(key: string): Value | undefined;
  /** How many keys there are, more or less. */
  count(): number;
}
