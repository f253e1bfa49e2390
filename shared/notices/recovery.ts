import { retold } from '../reasons.ts';
import { APPROVAL_SECONDS } from '../recovery/rungs.ts';
import type { CompiledStage, Rung } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { recoveryWordsOf } from '../words/recovery.ts';
import { wordsOf } from '../words/words.ts';
import { tellRecovery } from './by-hand.ts';
import { headOf } from './head.ts';
import type { Notice } from './notice.ts';
import { recoveryLinks, sentence } from './recovery-parts.ts';
import { time } from './service-parts.ts';

/** What is said while a service is being recovered. */

/** The incident that a service is down and no machine can help it. */
export const CAUSE_RECOVERY = 'recovery';

type Facts = Pick<Run, 'workload' | 'key' | 'execution'>;

/** Asks people whether a step may be done. */
export function approvalNotice(
  run: Facts,
  rung: Rung,
  changingAddress: string | undefined,
  stage: CompiledStage,
  now: number,
): Notice {
  const words = recoveryWordsOf(stage);
  const until = time(now + APPROVAL_SECONDS * 1000, run.workload, stage);
  return {
    ...headOf(run.workload, `${run.key} asks ${rung}`, 'critical', words.titles.asks(run.workload), stage, now),
    lines: [words.mayIt(words.rungs[rung]), ...(changingAddress ? [words.changes(changingAddress)] : [])],
    ...{ did: [words.otherwise], todo: [words.approve(tellRecovery('approve', run.workload, stage.stage), until)] },
    ...{ cause: CAUSE_RECOVERY, state: 'open', approval: { run: run.key, rung } },
    ...recoveryLinks(run, stage),
  };
}

/** That an address is about to change. */
export function addressNotice(run: Facts, address: string, stage: CompiledStage, now: number): Notice {
  const words = recoveryWordsOf(stage);
  return {
    ...headOf(run.workload, `${run.key} address`, 'warning', words.titles.address(run.workload), stage, now),
    ...{ lines: [words.changes(address)], todo: [words.pointThere], run: run.key },
    ...recoveryLinks(run, stage),
  };
}

/** That it could not even be decided whether a service may be recovered. */
export function notRecoveredNotice(
  service: string,
  id: string,
  why: string,
  stage: CompiledStage,
  now: number,
): Notice {
  const words = recoveryWordsOf(stage);
  return {
    ...headOf(service, `${id} not-admitted`, 'critical', words.titles.notAdmitted(service), stage, now),
    // Also where the name is none of the stage's.
    kind: 'service',
    ...{ lines: [sentence(retold(why, wordsOf(stage).reason))], did: [words.nothingDone] },
    todo: [words.look, words.again(tellRecovery('recover', service, stage.stage))],
    ...{ cause: CAUSE_RECOVERY, state: 'open' },
    ...recoveryLinks({ workload: service }, stage),
  };
}
