import type { CompiledStage } from '../stage/compiled.ts';
import type { DaySpend, LedgerDay } from '../state/ledger.ts';
import { dayOf } from '../time/slots.ts';
import { type Stretch, stretches } from './days.ts';
import { type Rate, rateOf } from './rates.ts';
import { rateOfWorker } from './workers.ts';

/** What was seen of a workload since it was looked at last. */
export type Look =
  | {
      isOn: boolean;
      /** The last stretch that it was on, in milliseconds since the epoch: those before it are not known. */
      on?: { from: number; to: number };
      /** The type of its instance. */
      type?: string;
      /** When it is expected to be off, in milliseconds since the epoch. */
      offBy?: number;
    }
  | {
      isOn: boolean;
      workers: {
        /** How many are taken to go on: no more than run now, and no more than ran since the last look on average. */
        lasting: number;
        /** What they have run since they were looked at last, together. */
        seconds: number;
        /** How far those who count have come. */
        counted?: NonNullable<DaySpend['counted']>;
      };
    }
  | { unseen: string };

/** In a longer time than this, other stretches may have come before the one that is known. */
const GAP_MS = 40 * 60_000;

/**
 * Carries the ledger on to now: what was seen on costs its list price, on the days that it was on. What could not be seen
 * is caught up with when it is seen again on the same day.
 *
 * @param last the newest day of the ledger; without it the day is reckoned from its beginning
 * @param looks one for each workload and each queue of the stage
 * @param now milliseconds since the epoch
 * @returns the local days that change, oldest first
 */
export function reckon(
  last: LedgerDay | undefined,
  looks: Record<string, Look>,
  stage: CompiledStage,
  now: number,
): LedgerDay[] {
  const days = new Map<string, LedgerDay>(last && [[last.day, last]]);
  for (const [name, look] of Object.entries(looks)) {
    const seenAt = last?.workloads[name]?.seenAt;
    const from = seenAt ? Date.parse(seenAt) : dayOf(last ? Date.parse(last.observedAt) : now, stage.timezone).from;
    for (const stretch of stretches(from, now, stage.timezone)) {
      const day = days.get(stretch.day) ?? { day: stretch.day, observedAt: '', workloads: {}, usdByUtcDay: {} };
      const part = now > from ? (stretch.to - stretch.from) / (now - from) : 1;
      const spend = spent(day.workloads[name], look, name, stage, stretch, part);
      const more = spend.usd - (day.workloads[name]?.usd ?? 0);
      days.set(stretch.day, {
        ...day,
        observedAt: new Date(Math.max(stretch.to, Date.parse(day.observedAt) || 0)).toISOString(),
        workloads: { ...day.workloads, [name]: spend },
        usdByUtcDay: { ...day.usdByUtcDay, [stretch.utcDay]: (day.usdByUtcDay[stretch.utcDay] ?? 0) + more },
      });
    }
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function spent(
  before: DaySpend | undefined,
  look: Look,
  name: string,
  { workloads, queues, prices }: CompiledStage,
  { from, to, isLast }: Stretch,
  part: number,
): DaySpend {
  const [workload, queue] = [workloads[name], queues[name]];
  const known = before ?? { usd: 0, onSeconds: 0, seenAt: new Date(from).toISOString(), isOn: false };
  const span = to - from;
  if ('workers' in look && queue) return spentByWorkers(known, look, rateOfWorker(queue, prices), { from, to }, part);
  if ('unseen' in look || 'workers' in look || !workload) {
    // When the day is over, what it held cannot be seen any more.
    const lost = isLast ? to - Date.parse(known.seenAt) : 0;
    const why = 'unseen' in look ? [look.unseen] : [];
    return { ...known, ...unseen(known, lost), ...unknown(known.unknown, why) };
  }
  const rate = rateOf(workload, prices, look.type);
  const onMs = look.on ? Math.max(0, Math.min(look.on.to, to) - Math.max(look.on.from, from)) : 0;
  const { unknown: earlier = [], ...rest } = known;
  return {
    ...rest,
    usd: known.usd + (rate.on * onMs + rate.always * span) / 3_600_000,
    onSeconds: known.onSeconds + onMs / 1000,
    seenAt: new Date(to).toISOString(),
    isOn: look.isOn,
    // Of an instance that was started meanwhile, earlier stretches may be missing.
    ...unseen(known, before && span > GAP_MS && look.on ? Math.max(0, Math.min(look.on.from, to) - from) : 0),
    ...unknown(earlier.filter(isPrice), onMs > 0 ? rate.unknown.map((what) => `${NO_PRICE}${what}`) : []),
  };
}

/** Workers are counted by whoever looks at them each minute; of a time in which nobody could, it is not known. */
function spentByWorkers(
  { unknown: earlier = [], ...known }: DaySpend,
  { isOn, workers: { seconds, counted } }: Extract<Look, { workers: object }>,
  rate: Rate,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  part: number,
): DaySpend {
  const prices = earlier.filter(isPrice);
  const ran = seconds * part;
  return {
    ...known,
    usd: known.usd + (rate.on * ran) / 3600,
    onSeconds: known.onSeconds + ran,
    seenAt: new Date(to).toISOString(),
    isOn,
    ...(counted && { counted }),
    ...unseen(known, prices.length < earlier.length ? to - from : 0),
    ...unknown(prices, ran > 0 ? rate.unknown.map((what) => `${NO_PRICE}${what}`) : []),
  };
}

function unseen({ unseenSeconds = 0 }: DaySpend, lostMs: number): Pick<DaySpend, 'unseenSeconds'> {
  const seconds = unseenSeconds + lostMs / 1000;
  return seconds > 0 ? { unseenSeconds: seconds } : {};
}

const NO_PRICE = 'no price for ';

/** What is seen again is known again; what has no price stays without one for the day. */
function isPrice(why: string): boolean {
  return why.startsWith(NO_PRICE);
}

function unknown(before: string[] = [], now: string[] = []): Pick<DaySpend, 'unknown'> {
  const all = [...new Set([...before, ...now])];
  return all.length > 0 ? { unknown: all } : {};
}
