import { batches } from '../../shared/stage/kinds.ts';
import type { World } from '../world.ts';
import type { Ec2, Instance } from './ec2.ts';
import type { Jobs } from './jobs.ts';
import type { Ssm } from './ssm.ts';

/** How long the agent waits for a job after boot, as in `agent/agent.conf.example`. */
const WAIT_MS = 5 * 60_000;

/**
 * The agent of `agent/` on the instances whose workload runs `by: boot`: what the shell program does, in virtual time.
 */
export function installAgents(world: World, ec2: Ec2, ssm: Ssm, jobs: Jobs): void {
  const lastRun = new Map<string, string>();
  const booting = new Set(batches(world.stage).flatMap(([name, { run }]) => (run.by === 'boot' ? name : [])));
  ec2.watchers.push((instance) => {
    const workload = world.workloadOf(instance.id);
    if (instance.state !== 'running' || !workload || !booting.has(workload)) return;
    void boot(world, { ec2, ssm, jobs, lastRun }, instance, workload);
  });
}

async function boot(
  world: World,
  parts: { ec2: Ec2; ssm: Ssm; jobs: Jobs; lastRun: Map<string, string> },
  instance: Instance,
  workload: string,
): Promise<void> {
  const { ec2, ssm, jobs, lastRun } = parts;
  const bootedAt = instance.runningSince;
  const isUp = () => instance.state === 'running' && instance.runningSince === bootedAt;
  await world.clock.sleep(Math.round(world.random.between(15_000, 40_000)));
  const name = `/lamplighter/${world.stage.stage}/${workload}/job`;
  let handover: Record<string, string> = {};
  for (const until = world.clock.now + WAIT_MS; isUp() && world.clock.now < until; await world.clock.sleep(5000)) {
    if (!ssm.isOnline(instance.id)) continue;
    handover = readHandover(ssm.parameters.get(name) ?? '');
    if (handover['RUN'] && handover['RUN'] !== lastRun.get(workload)) break;
  }
  const run = handover['RUN'];
  if (!isUp() || !run || run === lastRun.get(workload)) return;
  lastRun.set(workload, run);
  const job = jobs.begin(instance.id);
  const token = handover['TASK_TOKEN'] ?? '';
  const startedAt = new Date(world.clock.now).toISOString();
  const end = Math.min(world.clock.now + job.milliseconds, Number(handover['DEADLINE']) * 1000);
  const tell = (operation: string, input: object) =>
    world.call('agent', 'sfn', operation, { taskToken: token, ...input }).catch(() => undefined);
  while (isUp() && world.clock.now < end) {
    await world.clock.sleep(Math.min(60_000, end - world.clock.now));
    if (isUp() && world.clock.now < end) await tell('SendTaskHeartbeat', {});
  }
  jobs.end(job, isUp() && job.milliseconds !== Number.POSITIVE_INFINITY ? job.exitCode : -1);
  if (!isUp()) return;
  const result = { exitCode: job.exitCode, startedAt, endedAt: new Date(world.clock.now).toISOString() };
  if (job.milliseconds === Number.POSITIVE_INFINITY)
    await tell('SendTaskFailure', { error: 'DeadlineExceeded', cause: '{}' });
  else if (job.exitCode === 0) await tell('SendTaskSuccess', { output: JSON.stringify(result) });
  else await tell('SendTaskFailure', { error: 'JobFailed', cause: JSON.stringify(result) });
  await world.clock.sleep(60_000);
  if (isUp()) ec2.stop(instance.id, 'shutdown -h');
}

function readHandover(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
