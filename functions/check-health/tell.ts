import { startExecution } from '../../shared/aws/executions.ts';
import { publish } from '../../shared/notices/notice.ts';
import { healthNotice } from '../../shared/notices/service.ts';
import { isRecoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { putDowntime } from '../../shared/state/uptime.ts';
import type { Finding } from '../../shared/watch/finding.ts';

export const real = { publish, putDowntime, startExecution };

/**
 * Has what went down recovered, tells people of what was found and keeps downtimes, each by itself: what one cannot do
 * hinders no other.
 *
 * @param now the minute, in milliseconds since the epoch
 * @returns what could not be done
 */
export async function tellAll(
  findings: Finding[],
  stage: CompiledStage,
  now: number,
  effects = real,
): Promise<unknown[]> {
  const told = await Promise.allSettled(
    findings.flatMap((finding) => [
      recover(finding, stage, effects),
      effects.publish(healthNotice(finding, stage, now)),
      keep(finding, effects),
    ]),
  );
  return told.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

/** `web front opened` */
export function nameOf({ what, ...about }: Finding): string {
  return about.service === undefined ? `control ${what}` : `${about.service} ${about.check} ${what}`;
}

/** Whether it may be recovered is the recovery's to decide. Several checks that open in one minute ask for one. */
async function recover(finding: Finding, { services }: CompiledStage, effects: typeof real): Promise<void> {
  if (finding.service === undefined || finding.what !== 'opened' || !isRecoverable(services[finding.service])) return;
  const { service, check, down } = finding;
  const openedAt = new Date(down.openedAt).toISOString();
  await effects.startExecution('recover', `${service}-${openedAt.replace(/\D/g, '')}`, {
    ...{ service, by: 'checks', why: `${check}: ${down.problem}`, openedAt },
  });
}

async function keep(finding: Finding, effects: typeof real): Promise<void> {
  if (finding.service === undefined || (finding.what !== 'opened' && finding.what !== 'closed')) return;
  const { service, check, down } = finding;
  const { from, problem } = down;
  const ended =
    finding.what === 'closed' ? { to: finding.to, ...(finding.because && { because: finding.because }) } : {};
  await effects.putDowntime(service, { check, from, problem, ...ended });
}
