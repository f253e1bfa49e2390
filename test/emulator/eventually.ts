import { eventually as patiently } from '../shared/eventually.ts';

/** As everywhere, but more slowly: emulators take their time. @throws Error after two minutes. */
export function eventually<T>(what: string, look: () => Promise<T | false | undefined>): Promise<T> {
  return patiently(what, look, { seconds: 120, everyMs: 200 });
}
