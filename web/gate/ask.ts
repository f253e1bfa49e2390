import type { Sources, Status } from './status.ts';

/** What `/status.json` says of the workload; `up` is null where nobody knows. */
export type Entry = Omit<Status, 'state'> & { up: boolean | null };

export interface Answers {
  /** Missing where there is no address to ask. */
  health?: boolean;
  /** Missing where there is no address, or nothing that can be read. */
  entry?: Entry;
  /** Seconds that a server asks to be left alone. */
  retryAfter: number;
}

const PATIENCE_MS = 10_000;

/** Asks both at once. It never fails: what does not answer has not said that all is well. */
export async function ask(sources: Sources, effects: { fetch: typeof fetch; warn: (text: string) => void }) {
  const answers: Answers = { retryAfter: 0 };
  const get = async (url: string, cache: RequestCache): Promise<Response | undefined> => {
    try {
      const answer = await effects.fetch(url, { cache, signal: AbortSignal.timeout(PATIENCE_MS) });
      answers.retryAfter = Math.max(answers.retryAfter, Number(answer.headers.get('retry-after')) || 0);
      return answer;
    } catch {
      // Away, or a server that does not let this page read it: only the browser's console tells which.
      return undefined;
    }
  };
  const { status, health } = sources;
  if (!status && !health) effects.warn('Lamplighter: nothing to ask. Give a status and its workload, or a health.');
  await Promise.all([
    health && get(health, 'no-store').then(async (answer) => Object.assign(answers, await healthOf(answer, sources))),
    // A copy that is shown while a newer one is fetched would always tell of the time before.
    status &&
      get(withWorkload(status, sources), 'no-cache').then(async (answer) => {
        const entry = await entryOf(answer, sources, effects.warn);
        if (entry) answers.entry = entry;
      }),
  ]);
  return answers;
}

async function healthOf(answer: Response | undefined, { contains = '' }: Sources): Promise<{ health: boolean }> {
  const text = answer?.ok ? await answer.text().catch(() => undefined) : undefined;
  return { health: text?.includes(contains) === true && !saysDown(text) };
}

/** Spring's Actuator can be set to say so with a status of 200. */
function saysDown(text: string): boolean {
  try {
    return /^(DOWN|OUT_OF_SERVICE)$/.test(JSON.parse(text)?.status);
  } catch {
    return false;
  }
}

function withWorkload(status: string, { workload = '' }: Sources): string {
  return `${status}${status.includes('?') ? '&' : '?'}workload=${encodeURIComponent(workload)}`;
}

async function entryOf(answer: Response | undefined, { status, workload }: Sources, warn: (text: string) => void) {
  const body: unknown = await answer?.json().catch(() => undefined);
  const known: unknown = (body as { workloads?: unknown } | undefined)?.workloads;
  const [found] = Array.isArray(known) ? known.filter((one) => one?.name === workload) : [];
  if (found) return asEntry(found);
  if (answer?.status === 404 || Array.isArray(known))
    warn(`Lamplighter: ${status} does not show "${workload}". Give a workload that it shows.`);
  else if (answer && answer.status < 500)
    warn(`Lamplighter: ${status} answers ${answer.status}. Give a public /status.json.`);
  return undefined;
}

function asEntry(found: Record<string, unknown>): Entry {
  const { up, why, since, opensAt, closesAt } = found;
  const code = (why as { code?: unknown } | undefined)?.code;
  return {
    up: typeof up === 'boolean' ? up : null,
    ...(typeof code === 'string' && { why: code }),
    ...instants({ since, opensAt, closesAt }),
  };
}

function instants(named: Record<string, unknown>): Record<string, string> {
  const isInstant = (pair: [string, unknown]): pair is [string, string] =>
    typeof pair[1] === 'string' && !Number.isNaN(Date.parse(pair[1]));
  return Object.fromEntries(Object.entries(named).filter(isInstant));
}
