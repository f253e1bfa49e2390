import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, ok, warning } from './finding.ts';

/** Fewer at once than this is what new accounts have: notices of a storm would wait for each other. */
const FEW = 50;

/** Whom AWS takes us for. @returns the caller's ARN; undefined when nothing else can be asked */
export async function credentials(aws: Aws): Promise<{ arn?: string; finding: Finding }> {
  try {
    const arn = await aws.caller();
    return { arn, finding: ok('credentials', arn) };
  } catch (thrown) {
    const { name, message } = thrown as Error;
    const found = `cannot be used: ${name}: ${message.replace(/\. .*/s, '')}`;
    return { finding: error('credentials', found, 'sign in with aws sso login, or set AWS_PROFILE') };
  }
}

export async function account({ region }: CompiledStage, aws: Aws): Promise<Finding[]> {
  return (
    await Promise.all([
      looked(`region ${region}`, async () => regionFinding(region, await aws.optIn(region))),
      looked('Lambda', async () => concurrencyFinding(await aws.concurrency())),
    ])
  ).flat();
}

function regionFinding(region: string, status: string | undefined): Finding {
  const about = `region ${region}`;
  if (!status) return error(about, 'AWS has no such region', 'correct region in the stage file');
  if (status !== 'not-opted-in') return ok(about, 'it can be used');
  return error(about, 'it is not enabled in this account', `aws account enable-region --region-name ${region}`);
}

function concurrencyFinding(concurrency: number): Finding {
  const found = `${concurrency} functions may run at once`;
  if (concurrency >= FEW) return ok('Lambda', found);
  return warning(
    'Lambda',
    found,
    'ask for 1000: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
  );
}
