import { because, readReason } from '../../shared/reasons.ts';
import { overBudgetReason } from '../../shared/state/budget-gate.ts';
import type { Facts } from '../../shared/state/facts.ts';
import { type Override, whyNotStarted } from '../../shared/state/overrides.ts';
import type { Why, WhyCode } from '../../shared/status/answers.ts';
import { utc } from './utc.ts';

/** Why something is as it is: a code for everybody, and the words for those who may read them. */

type Recorded = NonNullable<ReturnType<typeof readReason>>['reason'];

const CODES: Partial<Record<Recorded, WhyCode>> = {
  ...{ late: 'late', hoursOver: 'late', busy: 'busy', withinHours: 'kept', kept: 'kept', keptUntil: 'kept' },
  ...{ breakerOpen: 'breaker', overBudget: 'over-budget', stoppedBy: 'stopped' },
  ...{ skipped: 'skipped', skippedUntil: 'skipped', paused: 'paused', pausedUntil: 'paused' },
  ...{ stagePaused: 'stage-paused', stagePausedUntil: 'stage-paused', jobTooLong: 'too-long', wentOn: 'too-long' },
};

/** Why a run was skipped or did not end well; a run that ended well has no reason to be shown. */
export function whyOfRun(status: string, reason: string | undefined): Why | undefined {
  if (status === 'running' || status === 'succeeded') return undefined;
  const own = reason === undefined ? undefined : readReason(reason)?.reason;
  const isDayOff = reason !== undefined && /^(closed: |not a working day: )/.test(reason);
  const usual: WhyCode | undefined = { 'timed-out': 'too-long' as const, skipped: undefined }[status] ?? 'failed';
  const code = (own && CODES[own]) ?? (isDayOff ? 'closed' : status === 'skipped' ? undefined : usual);
  return code && { code, ...(reason !== undefined && { text: reason }) };
}

/** Why nothing would start now; what holds for everything comes first. */
export function whyHeld(ofStage: Facts, own: Facts, breakerFailures: number, name: string): Why | undefined {
  const failures = own.breaker?.failures ?? 0;
  return (
    byWord(ofStage.words, true) ??
    byBudget(ofStage) ??
    byWord(own.words, false) ??
    byBudget(own) ??
    (failures >= breakerFailures ? { code: 'breaker', text: because('breakerOpen', failures, name) } : undefined)
  );
}

/** Who keeps it on. */
export function whyKept(...facts: Facts[]): Why | undefined {
  const keep = facts.flatMap(({ words }) => words).find(({ act }) => act === 'keep');
  return (
    keep && { code: 'kept', ...(keep.until && { until: utc(keep.until) }), text: `kept by ${keep.by}: ${keep.why}` }
  );
}

function byWord(words: Override[], isOfStage: boolean): Why | undefined {
  const word = words.find(({ act }) => act !== 'keep');
  const text = word && whyNotStarted(word, isOfStage);
  if (!word || text === undefined) return undefined;
  const code = word.emergency ? 'emergency' : word.act === 'skip' ? 'skipped' : isOfStage ? 'stage-paused' : 'paused';
  return { code, ...(word.until && { until: utc(word.until) }), text };
}

function byBudget({ budget }: Facts): Why | undefined {
  return budget && { code: 'over-budget', until: utc(budget.until), text: overBudgetReason(budget) };
}
