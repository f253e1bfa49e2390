import { fill, type Reason, readerOf, because as record } from '../reasons.ts';

/** Why a service was not recovered, or how: as it is recorded. Apart from the other reasons, since few functions need them. */
export const RECOVERY_REASONS = {
  maintenance: 'work is done on it, in its maintenance',
  offByPlan: 'it is off by plan',
  parentDown: '{} is down, which it depends on',
  underWay: 'the run {text} on it is under way',
  deploymentUnderWay: 'a deployment of it is under way',
  seenTo: '{text} sees to it',
  ours: 'the control probe does not answer',
  dayCap: 'recovered {} times today, which is the most',
  coolingDown: 'recovered lately, at {}',
  flapping: 'it goes up and down',
  answersAgain: 'it answers',
  recoveredBy: 'recovered by {}',
  recoveredByItself: 'it recovered by itself',
  nothingLeft: 'everything was tried that may be',
  diskFull: 'its disk is {} percent full',
  notApproved: 'nobody approved {} in time',
  instanceIs: 'its instance is {}',
  memberUnknown: 'nobody can say which instance of the group is unwell',
  leftOff: 'its instance was stopped and does not start: {text}',
} as const;

export type RecoveryReason = keyof typeof RECOVERY_REASONS;

/** The reason as it is recorded, one of recoveries or one of all runs. */
export function because(reason: RecoveryReason | Reason, ...values: (string | number)[]): string {
  return isOwn(reason) ? fill(RECOVERY_REASONS[reason], values) : record(reason, ...values);
}

export const readRecoveryReason = readerOf(RECOVERY_REASONS);

function isOwn(reason: string): reason is RecoveryReason {
  return Object.hasOwn(RECOVERY_REASONS, reason);
}
