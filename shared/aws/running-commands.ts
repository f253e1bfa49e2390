import { ListCommandsCommand, SSMClient } from '@aws-sdk/client-ssm';

const ssm = new SSMClient({});

/** A command that has not ended, on one server. */
export interface RunningCommand {
  id: string;
  server: string;
  /** What it was sent with, so that people recognise it. */
  comment: string;
}

/**
 * The shell commands of the account that were sent since an instant and have not ended. Not asked for by a server: Systems
 * Manager does not find those by it that the server has not fetched yet.
 */
export async function runningCommands(since: string): Promise<RunningCommand[]> {
  const running: RunningCommand[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await ssm.send(
      new ListCommandsCommand({
        Filters: [
          { key: 'ExecutionStage', value: 'Executing' },
          { key: 'DocumentName', value: 'AWS-RunShellScript' },
          { key: 'InvokedAfter', value: `${since.slice(0, 19)}Z` },
        ],
        NextToken,
      }),
    );
    for (const { CommandId: id = '', InstanceIds = [], Comment: comment = '' } of answer.Commands ?? [])
      running.push(...InstanceIds.map((server) => ({ id, server, comment })));
    NextToken = answer.NextToken;
  } while (NextToken);
  return running;
}
