import type { CompiledStage, PipelineStep, StepWork } from '../../../shared/stage/compiled.ts';
import { pipelines } from '../../../shared/stage/kinds.ts';
import type { Aws } from './aws.ts';
import { agentFinding } from './batches.ts';
import type { Fetch } from './channels.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';

type Of = { aws: Aws; fetch: Fetch };
type Work<By extends StepWork['by']> = Extract<StepWork, { by: By }>;

/** What the steps of pipelines run on and by: servers, clusters, functions, Airflow. Each is looked at once. */
export async function pipelinesOf({ stage, ...of }: Of & { stage: CompiledStage }): Promise<Finding[]> {
  const looks = pipelines(stage).flatMap(([name, { steps }]) => {
    const works = Object.values(steps).map(({ work }: PipelineStep) => work);
    return [
      ...once(ofKind(works, 'command'), ({ on }) => on).map((work) =>
        looked(`${name}: server`, () => serverFindings(name, work, of.aws)),
      ),
      ...once(ofKind(works, 'task'), ({ definition }) => definition).map((work) =>
        looked(`${name}: task`, () => taskFindings(`${name}: task`, work, of.aws)),
      ),
      ...once(ofKind(works, 'function'), (work) => work.name).map((work) =>
        looked(`${name}: function`, () => functionFinding(`${name}: function`, work, of.aws)),
      ),
      ...once(ofKind(works, 'airflow'), ({ url }) => url).map((work) =>
        looked(`${name}: Airflow`, () => airflowFinding(`${name}: Airflow`, work, of.fetch)),
      ),
    ];
  });
  return (await Promise.all(looks)).flat();
}

/** An instance has to be on when its step comes: nobody starts it for a pipeline. */
async function serverFindings(name: string, { on }: Work<'command'>, aws: Aws): Promise<Finding[]> {
  if (!on.startsWith('mi-')) {
    const about = `${name}: server`;
    const found = await aws.instance(on);
    if (!found) return [error(about, `no instance ${on} in this account and region`, 'correct `on` in the stage file')];
    const isOn = found.state === 'running';
    const off = warning(
      about,
      `${on} is ${found.state}`,
      'see that it is on when the pipeline runs: nothing of it starts it',
    );
    return [
      isOn ? ok(about, `${on} is running`) : off,
      ...(await looked(`${name}: SSM agent`, () => agentFinding(name, on, found.state, aws))),
    ];
  }
  const about = `${name}: server`;
  const ping = await aws.agent(on);
  if (ping === 'Online') return [ok(about, `${on} is online in Systems Manager`)];
  if (ping)
    return [
      error(
        about,
        `${on} is ${ping}`,
        'on the server: systemctl status amazon-ssm-agent, and a way out to Systems Manager (443)',
      ),
    ];
  return [
    error(
      about,
      `${on} is not registered in this account and region`,
      'aws ssm create-activation, then register the agent on the server with its code',
    ),
  ];
}

async function taskFindings(about: string, work: Work<'task'>, aws: Aws): Promise<Finding[]> {
  const { cluster, definition, roles } = work;
  const found = await aws.taskDefinition(definition);
  if (!found)
    return [error(about, `no task definition ${definition}`, 'register it, or correct `definition` in the stage file')];
  const inCluster = await aws.hasCluster(cluster);
  if (!inCluster) return [error(about, `no cluster ${cluster}`, 'create it, or correct `cluster` in the stage file')];
  const names = roles.map(roleName);
  const missing = [...new Set(found.roles)].filter((role) => !names.includes(roleName(role)));
  const more = roles.filter((role) => !found.roles.some((other) => roleName(other) === roleName(role)));
  return [
    ...(missing.length > 0
      ? [error(about, `${found.name} has ${missing.join(', ')}`, 'add it to `roles`, or IAM refuses to run the task')]
      : []),
    ...(more.length > 0
      ? [warning(about, `${found.name} has no role ${more.join(', ')}`, 'take it out of `roles`: nothing needs it')]
      : []),
    ...(missing.length + more.length === 0 ? [ok(about, `${found.name} in ${cluster}`)] : []),
  ];
}

/** A role by its name, as stage files may have it, or by its ARN, which may have a path. */
function roleName(role: string): string {
  return role.split('/').at(-1) ?? role;
}

async function functionFinding(about: string, { name }: Work<'function'>, aws: Aws): Promise<Finding> {
  const state = await aws.functionState(name);
  if (state === 'Failed') return error(about, `the last update of ${name} failed`, 'deploy it anew');
  return state
    ? ok(about, `${name} is there`)
    : error(about, `no function ${name}`, 'deploy it, or correct `name` in the stage file');
}

/** Its health needs no password. It may well be reachable from AWS alone. */
async function airflowFinding(about: string, { url, api }: Work<'airflow'>, fetch: Fetch): Promise<Finding> {
  const health = new URL(api === 2 ? 'api/v2/monitor/health' : 'api/v1/health', url.endsWith('/') ? url : `${url}/`);
  const { host } = health;
  const status = await fetch('GET', health.href).catch(() => undefined);
  if (status === undefined)
    return note(
      about,
      `${host} does not answer from here`,
      'look from where the functions are: the stage reaches it over the internet',
    );
  if (status >= 200 && status < 300) return ok(about, `${host} is well`);
  return warning(
    about,
    `${host} answers ${status}`,
    status === 404 ? 'correct `url` or `api` in the stage file' : 'look at its web server and its scheduler',
  );
}

function ofKind<By extends StepWork['by']>(works: readonly StepWork[], by: By): Work<By>[] {
  return works.filter((work): work is Work<By> => work.by === by);
}

function once<T>(all: T[], of: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [of(one), one])).values()];
}
