import { type DetailedHTMLProps, type HTMLAttributes, useMemo, useSyncExternalStore } from 'react';
import type { Sources, Status } from './status.ts';
import { watch } from './watch.ts';

export type { Sources, Status } from './status.ts';

/** Until something has answered, and while it is rendered on a server. */
const UNKNOWN: Status = { state: 'unknown' };

/**
 * How the application is. Parts that ask the same share one watch. Hide what is shown while it is down, in an `<Activity>`
 * or a `<lamplighter-gate>`; what is not rendered any more loses what was typed.
 *
 * @returns with `check`, which looks now: call it when a request has failed
 */
export function useLamplighter(sources: Sources): Status & { check: () => Promise<Status> } {
  const { subscribe, get, check } = watch(sources);
  const status = useSyncExternalStore(subscribe, get, () => UNKNOWN);
  return useMemo(() => ({ ...status, check }), [status, check]);
}

/** What the element takes, in JSX. */
export interface GateAttributes extends HTMLAttributes<HTMLElement>, Sources {
  /** Who may be asked: an address of mail or the web, or words. */
  contact?: string | undefined;
}

/** The element, as React writes it. */
export type Gate = DetailedHTMLProps<GateAttributes, HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'lamplighter-gate': Gate;
    }
  }
}
