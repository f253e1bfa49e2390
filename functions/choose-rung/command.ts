import { logGroup } from '../../shared/job.ts';
import { commandParameters, documentName } from '../../shared/recovery/command.ts';
import type { Recover } from '../../shared/stage/compiled.ts';

/** How long Systems Manager looks for the agent: one that does not answer is on a machine that hangs. */
const DELIVERY_SECONDS = 60;

/** The request of SendCommand that restarts the process of a service. */
export function restartRequest(
  stage: string,
  service: string,
  { restart, logs }: Recover,
  instanceId = '',
): Record<string, unknown> {
  if (!restart) throw new Error(`${service} has no process to restart`);
  return {
    DocumentName: documentName(stage),
    InstanceIds: [instanceId],
    Comment: `Lamplighter ${stage} ${service}`,
    TimeoutSeconds: DELIVERY_SECONDS,
    Parameters: commandParameters(restart, { act: 'recover', ...(logs && { logs }) }),
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup(stage, service) },
  };
}
