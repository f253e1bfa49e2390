import { asError } from '../../shared/errors.ts';
import type { publish } from '../../shared/notices/notice.ts';
import { addressNotice, approvalNotice } from '../../shared/notices/recovery.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { RecoveryPlan } from '../admit-recovery/contract.ts';
import type { Choice } from './contract.ts';

/** Asks people for their word, or tells them that an address is about to change. */
export async function tell(
  run: RecoveryPlan,
  { rung, needsApproval }: Choice,
  changingAddress: string | undefined,
  stage: CompiledStage,
  effects: { publish: typeof publish; now: () => number },
): Promise<void> {
  if (rung === 'none') return;
  // Nobody approves what they were not asked for.
  if (needsApproval) return effects.publish(approvalNotice(run, rung, changingAddress, stage, effects.now()));
  if (changingAddress === undefined) return;
  try {
    await effects.publish(addressNotice(run, changingAddress, stage, effects.now()));
  } catch (error) {
    // That the service comes up matters more than the news of its address, which its ending tells again.
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message, what: 'that the address changes could not be told' }));
  }
}
