import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/**
 * Has another function do something, and waits for its answer.
 *
 * @param name the function's name or ARN
 * @throws by its own name, what the function has thrown; what Lambda refuses, by AWS's
 */
export async function invoke(name: string, input: object): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: new TextEncoder().encode(JSON.stringify(input)) }),
  );
  const answer: unknown = JSON.parse(new TextDecoder().decode(Payload) || 'null');
  if (FunctionError === undefined) return answer;
  const { errorType = FunctionError, errorMessage = '' } = (answer ?? {}) as Record<string, string | undefined>;
  throw Object.assign(new Error(errorMessage), { name: errorType });
}

/** Has another function do something, and does not wait for it. @throws by AWS's name, what Lambda refuses */
export async function invokeLater(name: string, input: object): Promise<void> {
  const Payload = new TextEncoder().encode(JSON.stringify(input));
  await lambda.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
}
