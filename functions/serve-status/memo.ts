/**
 * What is made at most once in a while, however often it is asked for: AWS is asked as often by a thousand visitors as by
 * one. What failed is made again.
 *
 * @param milliseconds how long it is good
 */
export function memo<T>(milliseconds: number, make: () => Promise<T>): () => Promise<T> {
  let known: { at: number; made: Promise<T> } | undefined;
  return () => {
    const now = Date.now();
    if (known && now - known.at < milliseconds) return known.made;
    const made = make();
    known = { at: now, made };
    made.catch(() => {
      if (known?.made === made) known = undefined;
    });
    return made;
  };
}
