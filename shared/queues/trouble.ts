/** What can be wrong with a queue for longer than a moment; each is an incident of its own. */
export type Trouble =
  /** It could not be read. */
  | 'unreadable'
  /** There is no such service in ECS, or it could not be asked for. */
  | 'service'
  /** The bounds of the workers could not be registered. */
  | 'scaling'
  /** Workers are asked for and do not come. */
  | 'stuck'
  /** All workers are at work, and jobs wait longer than they may. */
  | 'overloaded'
  /** There has long been no work, and still there are workers. */
  | 'idle'
  /** Redis has used too much of its memory. */
  | 'memory'
  /** Redis could not be cleaned. */
  | 'cleaning';

/** One that is there, or has just gone. */
export interface Troubled {
  /** Milliseconds since the epoch. */
  since: number;
  /** How often in a row it was found. */
  minutes: number;
  problem: string;
  /** People were told. */
  told?: true;
  /** How often in a row it was not found, since. */
  calm?: number;
}

export type Troubles = Partial<Record<Trouble, Troubled>>;

/** How often it has to be found before people are told, and not to be found before they are told that it is over. */
const PATIENCE: Record<Trouble, { after: number; calm: number }> = {
  unreadable: { after: 3, calm: 1 },
  service: { after: 3, calm: 1 },
  scaling: { after: 3, calm: 1 },
  stuck: { after: 10, calm: 2 },
  overloaded: { after: 10, calm: 5 },
  idle: { after: 15, calm: 1 },
  memory: { after: 1, calm: 2 },
  cleaning: { after: 1, calm: 1 },
};

export interface TroubleChange {
  trouble: Trouble;
  what: 'opened' | 'resolved';
  of: Troubled;
}

/** What is found in a minute: a problem, that there is none, or nothing at all: then nobody knows, and it stays as it was. */
export type Found = Partial<Record<Trouble, string | false>>;

/** Goes on from what was known before. @param now milliseconds since the epoch */
export function follow(before: Troubles, found: Found, now: number): { troubles: Troubles; changes: TroubleChange[] } {
  const troubles: Troubles = { ...before };
  const changes: TroubleChange[] = [];
  for (const [trouble, problem] of Object.entries(found) as [Trouble, string | false | undefined][]) {
    if (problem === undefined) continue;
    const known = before[trouble];
    const next = problem === false ? whileCalm(known, trouble) : whileFound(known, trouble, problem, now);
    if (next.of) troubles[trouble] = next.of;
    else delete troubles[trouble];
    if (next.what && (next.of ?? known)) changes.push({ trouble, what: next.what, of: (next.of ?? known) as Troubled });
  }
  return { troubles, changes };
}

interface Next {
  of?: Troubled;
  what?: TroubleChange['what'];
}

function whileFound(known: Troubled | undefined, trouble: Trouble, problem: string, now: number): Next {
  const { calm: _, ...rest } = known ?? { since: now, minutes: 0 };
  const of: Troubled = { ...rest, minutes: rest.minutes + 1, problem };
  if (of.told || of.minutes < PATIENCE[trouble].after) return { of };
  return { of: { ...of, told: true }, what: 'opened' };
}

function whileCalm(known: Troubled | undefined, trouble: Trouble): Next {
  // What nobody heard of begins again from the start.
  if (!known?.told) return {};
  const calm = (known.calm ?? 0) + 1;
  return calm >= PATIENCE[trouble].calm ? { what: 'resolved' } : { of: { ...known, calm } };
}
