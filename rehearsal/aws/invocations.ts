import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import type { Service } from '../world.ts';
import { AwsError } from './errors.ts';
import { FunctionError, type Lambda } from './lambda.ts';

interface Invoke {
  FunctionName: string;
  InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  Payload?: string | Uint8Array;
}

/**
 * Lambda as it is called: by schedules, which do not wait, and by functions that want an answer.
 *
 * @source Lambda API reference, Invoke: `FunctionError` is there where the function failed, and the payload says how
 */
export function invocationsOf(lambda: Lambda): Service {
  const nameOf = (asked: string) => asked.split(':').at(-1) ?? '';
  return {
    InvokeFunction: ({ FunctionName, Payload }: { FunctionName: string; Payload: string }) =>
      void lambda.invokeAsync(nameOf(FunctionName), JSON.parse(Payload)),
    Invoke: async ({ FunctionName, InvocationType = 'RequestResponse', Payload = '{}' }: Invoke) => {
      const name = nameOf(FunctionName);
      if (!lambda.functions.has(name)) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`);
      const event: unknown = JSON.parse(Buffer.from(Payload).toString());
      if (InvocationType === 'DryRun') return { StatusCode: 204 };
      if (InvocationType === 'Event') {
        void lambda.invokeAsync(name, event);
        return { StatusCode: 202 };
      }
      return { StatusCode: 200, ExecutedVersion: '$LATEST', ...(await answered(lambda, name, event)) };
    },
  };
}

async function answered(lambda: Lambda, name: string, event: unknown): Promise<object> {
  try {
    return { Payload: Uint8ArrayBlobAdapter.fromString(JSON.stringify(await lambda.invoke(name, event))) };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return { FunctionError: 'Unhandled', Payload: Uint8ArrayBlobAdapter.fromString(error.message) };
  }
}
