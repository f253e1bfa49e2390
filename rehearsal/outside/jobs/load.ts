import { Temporal } from 'temporal-polyfill';

/** What befalls a queue: which jobs come, how long they take, and how they end. */
export interface Load {
  /** How many jobs come a minute at an instant, on average, and until when that holds. */
  rate: (at: number) => { perMinute: number; until: number };
  /** Jobs that come all at once, the earliest first. */
  bursts: { at: number; jobs: number }[];
  /** Seconds that a job takes, anything between. */
  takes: { from: number; to: number };
  /** Jobs that take longer, in percent. */
  long?: { percent: number; seconds: number };
  /** Jobs that are to be done later. */
  delayed?: { percent: number; seconds: number };
  /** Attempts that fail, in percent. */
  fails: number;
  /** Jobs of which every attempt fails, in percent. */
  poison: number;
  /** How often a job is tried. */
  attempts: number;
  /** So long after a failure it is tried again. */
  backoffSeconds: number;
  /** Why attempts fail. */
  reason: string;
  /** Whether the jobs that were done stay in the queue until they are cleaned. */
  keepsCompleted: boolean;
  /** What the queue takes of the memory, in percent: always, and for each thousand jobs that it keeps. */
  memory?: { percent: number; perThousand: number };
}

/** Nothing comes, jobs take half a minute, and nothing fails. */
export const QUIET: Load = {
  rate: () => ({ perMinute: 0, until: Number.POSITIVE_INFINITY }),
  bursts: [],
  takes: { from: 15, to: 45 },
  ...{ fails: 0, poison: 0, attempts: 3, backoffSeconds: 10 },
  reason: 'Error: navigation timeout',
  keepsCompleted: false,
};

/** So many jobs a minute from one local time to another; until the next day's where `to` is not later. */
export interface Stretch {
  /** `10:00` */
  from: string;
  to: string;
  perMinute: number;
}

/** The same arrivals every day. Where stretches meet, what they bring is added. */
export function byHours(stretches: Stretch[], timezone: string): Load['rate'] {
  const days = new Map<number, { at: number; perMinute: number }[]>();
  let known: { from: number; until: number; steps: { at: number; perMinute: number }[] } | undefined;
  return (at) => {
    if (!known || at < known.from || at >= known.until) {
      const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).startOfDay();
      const [from, until] = [day.epochMilliseconds, day.add({ days: 1 }).epochMilliseconds];
      const steps = days.get(from) ?? stepsOf(stretches, day);
      days.set(from, steps);
      known = { from, until, steps };
    }
    const place = known.steps.findLastIndex((step) => step.at <= at);
    const { perMinute = 0 } = known.steps[place] ?? {};
    return { perMinute, until: known.steps[place + 1]?.at ?? known.until };
  };
}

/** What comes from when on, on one day. */
function stepsOf(stretches: Stretch[], day: Temporal.ZonedDateTime): { at: number; perMinute: number }[] {
  const at = (time: string) => day.withPlainTime(time).epochMilliseconds;
  const instants = new Set([day.epochMilliseconds, ...stretches.flatMap(({ from, to }) => [at(from), at(to)])]);
  const isIn = ({ from, to }: Stretch, instant: number) =>
    at(from) < at(to) ? instant >= at(from) && instant < at(to) : instant >= at(from) || instant < at(to);
  return [...instants]
    .sort((a, b) => a - b)
    .map((instant) => ({
      at: instant,
      perMinute: stretches.filter((stretch) => isIn(stretch, instant)).reduce((sum, one) => sum + one.perMinute, 0),
    }));
}
