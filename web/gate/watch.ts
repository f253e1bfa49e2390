import { ask } from './ask.ts';
import { isWell, judge, pause } from './judge.ts';
import type { Sources, Status } from './status.ts';

/** Of one application, for all who want to know; it looks while anybody listens. */
export interface Watch {
  /** The same object until something has changed. */
  get(): Status;
  /** @param listener is called after each look @returns what ends it */
  subscribe(listener: () => void): () => void;
  /** Looks now, say after a request of the application has failed. */
  check(): Promise<Status>;
}

const real = {
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  now: () => Date.now(),
  warn: (text: string) => console.warn(text),
  /** Nobody sees the page, or the reader's own network is gone: nothing is asked, and nothing changes. */
  isAway: () => document.visibilityState === 'hidden' || navigator.onLine === false,
  /** Calls when that may be over. */
  onReturn: (callback: () => void) => {
    document.addEventListener('visibilitychange', callback);
    addEventListener('online', callback);
    return () => {
      document.removeEventListener('visibilitychange', callback);
      removeEventListener('online', callback);
    };
  },
};

const watches = new Map<string, Watch>();

/** The watch of these sources: one for a page, however many of its parts ask. */
export function watch({ status, workload, health, contains }: Sources): Watch {
  const key = JSON.stringify([status, workload, health, contains]);
  const found = watches.get(key) ?? watching({ status, workload, health, contains });
  watches.set(key, found);
  return found;
}

export function watching(sources: Sources, effects = real): Watch {
  let current: Status = { state: 'unknown' };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<Status> | undefined;
  let away: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const warned = new Set<string>();
  const warn = (text: string) => {
    if (!warned.has(text)) effects.warn(text);
    warned.add(text);
  };

  async function look(): Promise<Status> {
    clearTimeout(timer);
    const answers = await ask(sources, { fetch: effects.fetch, warn });
    looking = undefined;
    failures = isWell(answers) ? 0 : failures + 1;
    const next = judge(current, answers, failures, effects.now());
    if (JSON.stringify(next) !== JSON.stringify(current)) current = next;
    for (const listener of listeners) listener();
    if (listeners.size > 0) timer = setTimeout(turn, pause(failures, answers.retryAfter));
    return current;
  }

  const check = () => {
    looking ??= look();
    return looking;
  };

  function turn(): void {
    clearTimeout(timer);
    if (!effects.isAway()) void check();
  }

  return {
    get: () => current,
    check,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        away = effects.onReturn(turn);
        turn();
      }
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return;
        clearTimeout(timer);
        away?.();
      };
    },
  };
}
