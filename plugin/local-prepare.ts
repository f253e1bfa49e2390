import { type RecoveryPlan, recoveryPlan } from '../functions/admit-recovery/contract.ts';
import { plan } from '../functions/admit-run/contract.ts';
import { input as commandQuestion } from '../functions/check-command/contract.ts';
import type { Deployed } from '../rehearsal/deploy.ts';
import type { Operation, World } from '../rehearsal/world.ts';
import type { Notice } from '../shared/notices/notice.ts';
import { environments } from '../shared/stage/kinds.ts';
import { type Signal, signal } from '../shared/threads/signals.ts';
import { startedDag } from './local-pipelines.ts';

/** Longer than any function or job takes. */
const LONG_MS = 3 * 3_600_000;

/** From a start until the instance's agent is online for certain. */
const BOOT_MS = 2 * 60_000;

/**
 * Brings about what the event speaks of: its run has been admitted, its command or its DAG has been started and has ended
 * well, its stack is up, and a thread that a channel should look at has been said.
 */
export async function prepare(world: World, deployed: Deployed, event: unknown): Promise<void> {
  const { data: run } = plan.safeParse((event as { run?: unknown } | null)?.run);
  const admitRun = named(deployed, 'admitRun');
  if (run && admitRun && run.workload in world.stage.workloads) {
    const { workload, scheduledFor, key, by, execution, admittedAt } = run;
    const request = { workload, scheduledFor, key, by };
    const act = run.kind === 'environment' ? { act: run.act } : {};
    const admission = { request, ...act, execution, startedAt: admittedAt };
    await awaited(world, deployed.lambda.invoke(admitRun, admission));
  }
  const { data: recovery } = recoveryPlan.safeParse((event as { run?: unknown } | null)?.run);
  if (recovery) await admitRecovery(world, deployed, recovery);
  const { stackId } = (event ?? {}) as { stackId?: string };
  const stacks = environments(world.stage).map(([, { stack }]) => stack.name);
  const known = stacks.find((name) => name === stackId || stackId?.includes(`:stack/${name}/`));
  if (known) deployed.cloudformation.find(known, 'CREATE_COMPLETE', stackId?.startsWith('arn:') ? stackId : undefined);
  const { data: command } = commandQuestion.safeParse(event);
  if (command && deployed.ec2.instances.has(command.instanceId))
    await runCommand(world, deployed, command.instanceId, command.commandId);
  const dag = startedDag(event);
  const startDag = named(deployed, 'startDag');
  if (dag && startDag) {
    await awaited(world, deployed.lambda.invoke(startDag, dag));
    const hasEnded = () => world.journal.of('step').some(({ phase }) => phase === 'ended');
    await world.clock.runUntil(world.clock.now + LONG_MS, hasEnded);
  }
  for (const { workload, thread } of signalsOf(event)) await say(world, deployed, workload, thread);
}

function named({ lambda }: Deployed, name: string): string | undefined {
  return [...lambda.functions.keys()].find((known) => known.endsWith(`-${name}`));
}

async function admitRecovery(world: World, deployed: Deployed, plan: RecoveryPlan): Promise<void> {
  const { workload: service, by, why, scheduledFor: openedAt, execution, admittedAt: startedAt } = plan;
  const name = named(deployed, 'admitRecovery');
  if (!name || !(service in world.stage.services)) return;
  await awaited(world, deployed.lambda.invoke(name, { request: { service, by, why, openedAt }, execution, startedAt }));
}

/** The signals that an event of a channel's queue brings. */
function signalsOf(event: unknown): Signal[] {
  const { Records = [] } = (event ?? {}) as { Records?: { body?: string }[] };
  return Records.flatMap(({ body = '' }) =>
    body.startsWith('{') ? (signal.safeParse(JSON.parse(body)).data ?? []) : [],
  );
}

/** Has something been said, so that a thread is there. */
async function say(world: World, deployed: Deployed, workload: string, thread: string): Promise<void> {
  const routeNotices = named(deployed, 'routeNotices');
  const [kind = '', ...rest] = thread.split(' ');
  const notice: Notice = {
    ...{ id: `example of ${thread}`, at: new Date(world.clock.now).toISOString(), stage: world.stage.stage, workload },
    ...{ severity: 'info', title: `${workload} ${rest.join(' ')}`, lines: ['An example.'] },
    ...(kind === 'run' && { run: rest.join(' ') }),
    ...(kind === 'cause' && { cause: rest.join(' '), state: 'open' }),
  };
  const Records = [{ messageId: 'example', body: JSON.stringify(notice) }];
  if (routeNotices) await awaited(world, deployed.lambda.invoke(routeNotices, { Records }));
}

async function runCommand(world: World, { ec2 }: Deployed, instance: string, id: string): Promise<void> {
  ec2.start(instance, 'invoke local');
  await awaited(world, world.clock.sleep(BOOT_MS));
  const sent = (await world.call('invoke local', 'ssm', 'SendCommand', { InstanceIds: [instance] })) as Sent;
  const hasEnded = () => world.journal.of('job').some(({ phase }) => phase === 'ended');
  await world.clock.runUntil(world.clock.now + LONG_MS, hasEnded);
  // Systems Manager gives a command its id; here the event has it already.
  const known = world.services['ssm']?.['GetCommandInvocation'] as (input: OneCommand, caller: string) => unknown;
  const renamed = (input: OneCommand, caller: string) =>
    known({ ...input, CommandId: input.CommandId === id ? sent.Command.CommandId : input.CommandId }, caller);
  Object.assign(world.services['ssm'] ?? {}, { GetCommandInvocation: renamed satisfies Operation });
}

interface OneCommand {
  CommandId: string;
}

interface Sent {
  Command: OneCommand;
}

/** Lets virtual time pass until something is done. */
export async function awaited<T>(world: World, work: Promise<T>): Promise<T> {
  let isDone = false;
  const settled = Promise.allSettled([work]).then(() => {
    isDone = true;
  });
  await world.clock.runUntil(world.clock.now + LONG_MS, () => isDone);
  await settled;
  return work;
}
