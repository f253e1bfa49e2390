import type { CompiledStage } from '../stage/compiled.ts';
import type { Order } from '../state/orders.ts';
import { localTime } from '../time/slots.ts';
import { wordsOf } from '../words/words.ts';
import type { Notice } from './notice.ts';
import { told } from './parts.ts';

/** That two people have said contrary things in the same moment: which was done, and which was not. */
export function contraryNotice(
  workload: string | undefined,
  won: Order,
  lost: Order,
  stage: CompiledStage,
  now: number,
): Notice {
  const { contrary } = wordsOf(stage);
  const kind = workload === undefined ? undefined : stage.workloads[workload]?.kind;
  const name = workload ?? 'lamplighter';
  return told(
    {
      id: `${name} contrary ${won.at} ${lost.by} ${lost.act} ${lost.at}`,
      at: localTime(now, stage.timezone),
      stage: stage.stage,
      workload: name,
      severity: 'warning',
      title: contrary.title(workload ?? contrary.stage),
      ...(kind && { kind }),
    },
    {
      cause: 'contrary-orders',
      lines: [contrary.won(won.by, won.act, won.why), contrary.lost(lost.by, lost.act, lost.why)],
      todo: [contrary.talk],
    },
  );
}
