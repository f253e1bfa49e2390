import { awsConfig } from '../deployed.ts';
import type { Serverless } from '../framework.ts';
import { ask } from './ask.ts';
import type { Hands } from './command.ts';
import { terminal } from './terminal.ts';
import { callerArn, who } from './who.ts';

/** The deployed stage by the framework's credentials, and the terminal. */
export function handsOf(serverless: Serverless): Hands {
  return {
    terminal,
    ask: (name, event) => ask(serverless, name, event),
    who: () => who(() => callerArn(serverless)),
    startEmergencyStop: (input) => startEmergencyStop(serverless, input),
  };
}

async function startEmergencyStop(serverless: Serverless, input: object): Promise<string> {
  const { SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
  const { stage, region } = serverless.service.custom.estate;
  const [, partition = 'aws', , , account = ''] = (await callerArn(serverless)).split(':');
  const stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:lamplighter-${stage}-emergency-stop`;
  const { executionArn = '' } = await new SFNClient(await awsConfig(serverless)).send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}
