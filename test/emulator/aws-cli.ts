// The calls that the agent makes with the AWS CLI, made with the SDK instead: the CLI is no Node package. Run by the
// `aws` of the agent's machine.
import { readFileSync } from 'node:fs';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const [, operation, ...rest] = process.argv.slice(2);
const option = (name: string) => rest[rest.indexOf(`--${name}`) + 1] ?? '';
const taskToken = (): string =>
  JSON.parse(readFileSync(option('cli-input-json').replace('file://', ''), 'utf8')).taskToken;
const sfn = new SFNClient({});

const OPERATIONS: Record<string, () => Promise<unknown>> = {
  'get-parameter': async () => {
    const { Parameter } = await new SSMClient({}).send(
      new GetParameterCommand({ Name: option('name'), WithDecryption: true }),
    );
    console.log(Parameter?.Value);
  },
  'send-task-heartbeat': () => sfn.send(new SendTaskHeartbeatCommand({ taskToken: taskToken() })),
  'send-task-success': () =>
    sfn.send(new SendTaskSuccessCommand({ taskToken: taskToken(), output: option('task-output') })),
  'send-task-failure': () =>
    sfn.send(new SendTaskFailureCommand({ taskToken: taskToken(), error: option('error'), cause: option('cause') })),
};

try {
  await OPERATIONS[operation ?? '']?.();
} catch (error) {
  console.error(`An error occurred (${(error as Error).name}) when calling ${operation}: ${(error as Error).message}`);
  process.exitCode = 254;
}
