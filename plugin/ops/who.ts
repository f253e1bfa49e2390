import { hostname, userInfo } from 'node:os';
import { awsConfig } from '../deployed.ts';
import type { Serverless } from '../framework.ts';

/** Whom AWS takes the caller for: `arn:aws:iam::123456789012:user/kim`. */
export async function callerArn(serverless: Serverless): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { Arn = '' } = await new STSClient(await awsConfig(serverless)).send(new GetCallerIdentityCommand({}));
  return Arn;
}

/**
 * Who is speaking: who they are on their machine, which they could say of themselves, and to AWS, which they could not.
 * A team often shares one role, so that neither is enough alone.
 */
export async function who(arn: () => Promise<string>, local = `${userInfo().username}@${hostname()}`): Promise<string> {
  // Without an identity the question itself will be refused, with a better reason.
  const [, , , , , identity = ''] = (await arn().catch(() => '')).split(':');
  return identity ? `${local} (${identity})` : local;
}
