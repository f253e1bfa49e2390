import { awsConfig } from '../../deployed.ts';
import type { Serverless } from '../../framework.ts';
import { accountOf } from './aws-account.ts';
import { deploymentOf } from './aws-deployment.ts';
import { estateOf } from './aws-estate.ts';
import { workersOf } from './aws-workers.ts';

/** What the doctor asks of AWS: facts, each undefined where there is no such thing. Nothing is changed. */
export type Aws = ReturnType<typeof accountOf> &
  ReturnType<typeof deploymentOf> &
  ReturnType<typeof estateOf> &
  ReturnType<typeof workersOf>;

export async function awsOf(serverless: Serverless): Promise<Aws> {
  const config = await awsConfig(serverless);
  return { ...accountOf(config), ...deploymentOf(config), ...estateOf(config), ...workersOf(config) };
}
