import { meaningOf } from '../../../functions/check-stack/states.ts';
import type { CompiledStage, EnvironmentWorkload } from '../../../shared/stage/compiled.ts';
import { environments } from '../../../shared/stage/kinds.ts';
import { inS3 } from '../../../shared/stage/template-url.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, ok, warning } from './finding.ts';

/** What each environment is created from: its template, its service role, its images. */
export async function environmentsOf(stage: CompiledStage, aws: Aws): Promise<Finding[]> {
  const looks = environments(stage).flatMap(([name, workload]) => [
    looked(`${name}: stack`, () => stackFinding(name, workload, aws)),
    looked(`${name}: template`, () => templateFinding(name, workload, aws)),
    looked(`${name}: service role`, () => roleFinding(name, workload, aws)),
    ...workload.images.map(({ repository }) => looked(`${name}: images`, () => imagesFinding(name, repository, aws))),
  ]);
  return (await Promise.all(looks)).flat();
}

async function stackFinding(workload: string, { stack }: EnvironmentWorkload, aws: Aws): Promise<Finding> {
  const about = `${workload}: stack`;
  const status = (await aws.stackStatus(stack.name)) ?? 'absent';
  if (meaningOf(status).start !== 'person') return ok(about, `${stack.name} is ${status}`);
  return error(about, `${stack.name} is ${status}`, 'lead it out of this state in the console: no start can');
}

async function templateFinding(workload: string, { stack }: EnvironmentWorkload, aws: Aws): Promise<Finding> {
  const about = `${workload}: template`;
  const { bucket = '', key = '' } = inS3(stack.templateUrl) ?? {};
  const where = `s3://${bucket}/${key}`;
  if (await aws.hasObject(bucket, key)) return ok(about, `${where} is there`);
  const copy = stack.copy ?? 'template.yml';
  return error(
    about,
    `nothing at ${where}`,
    `aws s3 cp ${copy} ${where}, its nested templates too; or correct stack.template`,
  );
}

async function roleFinding(workload: string, { stack }: EnvironmentWorkload, aws: Aws): Promise<Finding> {
  const about = `${workload}: service role`;
  const name = stack.role.split('/').at(-1) ?? '';
  const trusted = await aws.trustOf(name);
  if (!trusted) return error(about, `no role ${name}`, 'create it with what the stack needs, or correct stack.role');
  if (trusted.includes('cloudformation.amazonaws.com')) return ok(about, `${name}, which CloudFormation may assume`);
  return error(about, `CloudFormation may not assume ${name}`, 'add cloudformation.amazonaws.com to its trust policy');
}

async function imagesFinding(workload: string, repository: string, aws: Aws): Promise<Finding> {
  const about = `${workload}: images`;
  const count = await aws.images(repository);
  if (count === undefined)
    return error(
      about,
      `no repository ${repository}`,
      `aws ecr create-repository --repository-name ${repository}, or correct images.repository`,
    );
  if (count === 0)
    return warning(about, `${repository} has no image with a tag`, 'push one: without it nothing starts');
  return ok(about, `${repository} has images`);
}
