import { idsOf } from '../../../resources/pipelines/ids.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { pipelines } from '../../../shared/stage/kinds.ts';
import type { Serverless } from '../../framework.ts';
import type { Hands } from '../command.ts';
import type { Aws } from './aws.ts';
import type { Deployed } from './aws-deployment.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';

interface Of {
  stage: CompiledStage;
  serverless: Serverless;
  aws: Aws;
  ask: Hands['ask'];
}

/** What a deployment has made, as far as there is one: whether it is whole and answers. */
export async function deployment({ stage: compiled, serverless, aws, ask }: Of): Promise<Finding[]> {
  const { stage } = compiled;
  const name = `lamplighter-${stage}`;
  const about = 'deployment';
  const deploy = `npx sls deploy --stage ${stage}`;
  return looked(about, async () => {
    const status = await aws.stackStatus(name);
    if (!status) return note(about, 'there is none yet', deploy);
    if (status.endsWith('_IN_PROGRESS')) return note(about, `${name} is ${status}`, 'look again when that is over');
    if (status === 'ROLLBACK_COMPLETE' || status.endsWith('_FAILED'))
      return error(about, `${name} is ${status}`, `look at its events, mend what failed, then ${deploy}`);
    const resources = await aws.deployed(name);
    const whole = await Promise.all([
      looked('functions', () => functionsFinding(serverless, resources, aws, deploy)),
      looked('machines', () => machinesFinding(machinesOf(serverless, compiled), resources, aws, deploy)),
      looked('table', () => tableFinding(resources, aws)),
      looked('dead letters', () => deadLetters(resources, aws)),
      looked('answer', async () => {
        await ask('showStatus', {});
        return ok('answer', 'its functions answer');
      }),
    ]);
    return [ok(about, `${name} is ${status}`), ...whole.flat()];
  });
}

async function functionsFinding(
  { service }: Serverless,
  resources: Deployed[],
  aws: Aws,
  deploy: string,
): Promise<Finding> {
  const found = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const missing = Object.keys(service.functions).filter(
    (name) => !found.some(({ id }) => id === `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`),
  );
  if (missing.length > 0) return error('functions', `not deployed: ${missing.join(', ')}`, deploy);
  const states = await Promise.all(found.map(async ({ name }) => ({ name, state: await aws.functionState(name) })));
  const ill = states.filter(({ state }) => state !== 'Active' && state !== 'Inactive' && state !== 'Pending');
  if (ill.length === 0) return ok('functions', `${found.length} are there`);
  return error('functions', ill.map(({ name, state = 'gone' }) => `${name} is ${state}`).join(', '), deploy);
}

/** Ours, and one for each pipeline. */
function machinesOf({ configurationInput }: Serverless, compiled: CompiledStage): string[] {
  const ours = Object.values(configurationInput.stepFunctions?.stateMachines ?? {}).map(({ id }) => id);
  return [...ours, ...pipelines(compiled).map(([name]) => idsOf(name).machine)];
}

async function machinesFinding(wanted: string[], resources: Deployed[], aws: Aws, deploy: string): Promise<Finding> {
  const found = resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const missing = wanted.filter((id) => !found.some((machine) => machine.id === id));
  if (missing.length > 0) return error('machines', `not deployed: ${missing.join(', ')}`, deploy);
  const states = await Promise.all(found.map(async ({ id, name }) => ({ id, status: await aws.machineStatus(name) })));
  const ill = states.filter(({ status }) => status !== 'ACTIVE');
  if (ill.length === 0) return ok('machines', `${found.length} are there`);
  return error('machines', ill.map(({ id, status = 'gone' }) => `${id} is ${status}`).join(', '), deploy);
}

async function tableFinding(resources: Deployed[], aws: Aws): Promise<Finding> {
  const name = resources.find(({ id }) => id === 'StateTable')?.name ?? '';
  const status = name ? await aws.tableStatus(name) : undefined;
  if (status === 'ACTIVE' || status === 'UPDATING') return ok('table', `${name} is ${status}`);
  return error(
    'table',
    status ? `${name} is ${status}` : `${name || 'it'} is gone`,
    'restore it from its point-in-time backup under the same name',
  );
}

/** What was given up: nobody has seen it but the queue. */
async function deadLetters(resources: Deployed[], aws: Aws): Promise<Finding[]> {
  const queues = resources.filter(({ type, id }) => type === 'AWS::SQS::Queue' && id.endsWith('DeadLetters'));
  return Promise.all(
    queues.map(async ({ id, name }) => {
      const count = await aws.messages(name);
      if (count === 0) return ok('dead letters', `${id} is empty`);
      return warning(
        'dead letters',
        `${count} in ${id}`,
        'read what they are, mend the cause, then redrive them in the console of SQS',
      );
    }),
  );
}
