import { logGroup } from '../job.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { recoveryWordsOf } from '../words/recovery.ts';
import { dashboardLink, executionLink, labelled, logGroupLink } from './links.ts';
import type { Link } from './notice.ts';
import { linksOf } from './service-parts.ts';

/** In the order in which a person looks: from outside, logs, metrics and alarms, the recovery, the server. */
export function recoveryLinks(
  { workload, execution }: Pick<Run, 'workload'> & { execution?: string },
  stage: CompiledStage,
): { links?: Link[] } {
  const { links: words } = recoveryWordsOf(stage);
  const { checks = [], target } = stage.services[workload] ?? {};
  const of = linksOf(workload, checks[0]?.name ?? '', stage).links ?? [];
  const isInstance = target !== undefined && 'ec2' in target;
  const links = [
    ...(isInstance ? of.slice(0, -1) : of),
    ...(isInstance ? labelled(words.server, logGroupLink(logGroup(stage.stage, workload), stage.region)) : []),
    ...labelled(words.dashboard, dashboardLink(stage.stage, stage.region)),
    ...labelled(words.recovery, executionLink(execution)),
    ...(isInstance ? of.slice(-1) : []),
  ];
  return links.length > 0 ? { links } : {};
}

/** What AWS says may end with a point of its own. */
export function sentence(text: string): string {
  return `${text.replace(/\.$/, '')}.`;
}
