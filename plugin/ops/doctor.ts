import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { asJson, type Command, type Context, JSON_TOO, STAGE_FILE } from './command.ts';
import { account, credentials } from './doctor/account.ts';
import type { Aws } from './doctor/aws.ts';
import { instances } from './doctor/batches.ts';
import { certificateEnd } from './doctor/certificate-end.ts';
import { channels, fetchStatus, makerOf } from './doctor/channels.ts';
import { deployment } from './doctor/deployment.ts';
import { environmentsOf } from './doctor/environments.ts';
import type { Finding } from './doctor/finding.ts';
import { pipelinesOf } from './doctor/pipelines.ts';
import { queuesOf } from './doctor/queues.ts';
import { secrets } from './doctor/secrets.ts';
import { servicesOf } from './doctor/services.ts';
import { stageFile } from './doctor/stage-file.ts';
import { watched } from './doctor/watched.ts';

const real = {
  // Only here: it brings the clients of a dozen services.
  aws: async ({ serverless }: Context): Promise<Aws> => (await import('./doctor/aws.ts')).awsOf(serverless),
  ...{ fetch: fetchStatus, makerOf, certificateEnd, now: Date.now },
};

/** `sls ops doctor`: before the first deployment and after it. The exit status is 1 when something is wrong. */
export const doctor: Command = {
  usage: 'Look whether everything that the stage needs is there and answers, and how to mend what is not',
  options: { ...JSON_TOO, ...STAGE_FILE },
  async run(context) {
    const findings = await examine(context);
    context.hands.terminal.write(context.options['json'] ? asJson(findings) : render(findings));
    if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
  },
};

/** Everything that can be found, in the order of what depends on what. */
export async function examine(context: Context, effects = real): Promise<Finding[]> {
  const { stage, serverless, hands } = context;
  const aws = await effects.aws(context);
  const own = stageFile(stage, effects.now());
  const { arn, finding } = await credentials(aws);
  if (arn === undefined) return [...own, finding];
  const found = await Promise.all([
    account(stage, aws),
    ofEstate(stage, aws),
    pipelinesOf({ stage, aws, fetch: effects.fetch }),
    queuesOf({ stage, aws, ask: hands.ask }),
    watched({ stage, fetch: effects.fetch, certificateEnd: effects.certificateEnd, now: effects.now() }),
    channels({ stage, aws, fetch: effects.fetch, makerOf: effects.makerOf, caller: arn }),
    deployment({ stage, serverless, aws, ask: hands.ask }),
  ]);
  return [...own, finding, ...found.flat()];
}

async function ofEstate(stage: CompiledStage, aws: Aws): Promise<Finding[]> {
  return (
    await Promise.all([instances(stage, aws), environmentsOf(stage, aws), servicesOf(stage, aws), secrets(stage, aws)])
  ).flat();
}

const MARKS: Record<Finding['level'], string> = { ok: '✓', note: '·', warning: '!', error: '✗' };

function render(findings: Finding[]): string {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ level, about, found, mend }) => [
    `${MARKS[level]} ${about.padEnd(width)}  ${found}`,
    ...(mend ? [`  ${''.padEnd(width)}  → ${mend}`] : []),
  ]);
  const sum = `${count('error')} wrong, ${count('warning')} to look at, ${count('ok') + count('note')} well`;
  return [...lines, '', sum, ''].join('\n');
}
