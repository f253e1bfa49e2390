import { incidentOf, rowOf } from '../../shared/discord/buttons.ts';
import type { Message } from '../../shared/messages/message.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { buttonWordsOf } from '../../shared/words/buttons.ts';

/** What people can do about a message by a button: see to an incident, and approve the step that it asks for. */
export function buttonsOf({ notice, incident }: Message, stage: CompiledStage): object[] {
  const { workload, cause, approval } = notice;
  if (incident?.state !== 'open' || cause === undefined) return [];
  const words = buttonWordsOf(stage);
  return rowOf([
    ...(approval
      ? [
          {
            means: { what: 'approve', workload, ...approval } as const,
            label: words.approve(approval.rung),
            style: 'danger' as const,
          },
        ]
      : []),
    ...(incident.acknowledged
      ? []
      : [
          {
            means: { what: 'acknowledge', workload, incident: incidentOf(cause) } as const,
            label: words.acknowledge,
            style: 'primary' as const,
          },
        ]),
  ]);
}
