/** What a call answers; undefined when AWS says by one of these names that there is no such thing. */
export async function known<T>(call: Promise<T>, missing: RegExp): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && missing.test(`${error.name}: ${error.message}`)) return undefined;
    throw error;
  }
}
