import { useEffect, useState } from 'preact/hooks';

/** What is known of one address. */
export interface Asked<Answer> {
  answer?: Answer;
  /** Why the newest question was not answered. */
  problem?: 'refused' | 'silent';
  /** When it is asked next, in milliseconds since the epoch. */
  nextAt?: number;
}

/** The longest that a page which is looked at goes without asking, and how long one may take to answer. */
const LONGEST_MS = 300_000;
const PATIENCE_MS = 10_000;

/**
 * Asks again and again while the page is looked at: what fails is asked at twice the distance each time, up to five
 * minutes; whoever comes back to the page sees it asked at once.
 *
 * @param everyMs milliseconds between an answer and the next question
 */
export function useAsking<Answer>(address: string, everyMs: number): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({});
  useEffect(() => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    let isOver = false;
    const ask = async () => {
      if (isAsking || isOver || document.hidden) return;
      clearTimeout(timer);
      isAsking = true;
      const found = await question<Answer>(address);
      isAsking = false;
      if (isOver) return;
      failures = found.problem ? failures + 1 : 0;
      const wait = Math.min(everyMs * 2 ** Math.max(0, failures - 1), LONGEST_MS);
      setAsked((before) => ({ ...before, problem: undefined, ...found, nextAt: Date.now() + wait }));
      timer = setTimeout(ask, wait);
    };
    const look = () => void ask();
    look();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [address, everyMs]);
  return asked;
}

async function question<Answer>(address: string): Promise<Asked<Answer>> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 401 || response.status === 403) return { problem: 'refused' };
    return response.ok ? { answer: await response.json() } : { problem: 'silent' };
  } catch {
    // No network, no answer in time, or no JSON: said on the page, and asked again.
    return { problem: 'silent' };
  }
}

/** The time, told anew every so often, so that what is said of it stays true. @returns milliseconds since the epoch */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
