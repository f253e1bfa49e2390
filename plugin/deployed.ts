import type { Serverless } from './framework.ts';

interface Framework extends Serverless {
  getProvider(name: 'aws'): { getAwsSdkV3Config(): Promise<Config> };
}

/** What every client of the SDK is made with: the framework's region and credentials. */
export interface Config {
  region: string;
}

/** What Lambda answers to an invocation. */
export interface Reply {
  FunctionError?: string;
  Payload?: Uint8Array;
}

/** The framework's own way to AWS; osls 4 has no `provider.request` any more. */
export function awsConfig(serverless: Serverless): Promise<Config> {
  return (serverless as Framework).getProvider('aws').getAwsSdkV3Config();
}

/** Invokes a deployed function, and waits for its answer. */
export async function invokeDeployed(serverless: Serverless, FunctionName: string, event: object = {}): Promise<Reply> {
  // Only here: loading it takes longer than the plan.
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const Payload = new TextEncoder().encode(JSON.stringify(event));
  return new LambdaClient(await awsConfig(serverless)).send(new InvokeCommand({ FunctionName, Payload }));
}
