import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { running } from '../aws/lambda.ts';
import { VirtualClock } from '../clock.ts';
import { localInstant } from '../cron.ts';
import { type Deployed, deploy } from '../deploy.ts';
import { Outside } from '../outside.ts';
import { Random } from '../random.ts';
import type { Rehearsal } from '../run.ts';
import { parseScenario } from '../scenario.ts';
import { install } from '../sdk.ts';
import { keepSecrets } from '../secrets.ts';
import { withoutSchedules } from '../template.ts';
import { World } from '../world.ts';
import { drive } from './drive.ts';
import { localized } from './localized.ts';
import { Processes } from './processes.ts';
import { type LocalReport, reportOf } from './report.ts';

/** Pipelines that are run here for real. */
export interface Local extends Pick<Rehearsal, 'template' | 'stage' | 'root'> {
  pipeline: string;
  /** The wall-clock time that the run is for, `2026-11-23T16:30`. */
  key: string;
  /** Where the commands run. */
  folder: string;
  /** A run of the same pipeline before that one, after which only what failed is run again. */
  again?: { from?: string; only?: 'failed' };
}

/** The functions whose calls leave this machine. */
const CALLERS = /-(callHttp|startDag|checkDag)$/;
/** How long notices are waited for at the end. */
const NOTICES_MS = 2 * 60_000;

/**
 * Runs a pipeline and what follows it on this machine: its packaged machine and functions in the model of AWS, its commands
 * as processes, its calls over the network. While a process runs time passes as it does; what is only waited for is
 * skipped. This process is not good for anything else afterwards.
 *
 * @param told what happens, as it happens
 */
export async function runLocally(local: Local, told: (text: string) => void): Promise<LocalReport> {
  const environment = { ...process.env };
  const temporary = mkdtempSync(join(tmpdir(), 'lamplighter-local-'));
  const stage = localized(local.stage, local.folder);
  const stageFile = join(temporary, 'stage.json');
  writeFileSync(stageFile, JSON.stringify(stage));
  const clock = new VirtualClock(localInstant(local.key, stage.timezone));
  const world = new World(clock, new Random(1), parseScenario({}), stage);
  const processes = new Processes(world, environment, told);
  try {
    const deployed = await deploy(world, withoutSchedules(local.template), local.root, stageFile);
    Object.assign(world.services['ssm'] ?? {}, processes.operations());
    reachOut(world, deployed);
    let isOver = false;
    const ended = Promise.allSettled([start(world, deployed, local)]).then(([outcome]) => {
      isOver = true;
      return outcome;
    });
    await drive(clock, processes, () => isOver || world.fatal !== undefined);
    if (world.fatal) throw world.fatal;
    const outcome = await ended;
    if (outcome.status === 'rejected') throw outcome.reason;
    return reportOf(world);
  } finally {
    processes.stop();
    clock.uninstall();
    rmSync(temporary, { recursive: true });
  }
}

/** Starts the run as its schedule would, and waits until nothing that it began goes on. */
async function start(world: World, { sfn }: Deployed, { pipeline, key, again }: Local): Promise<void> {
  const machine = [...sfn.machines.values()].find(
    ({ name }) => name === `lamplighter-${world.stage.stage}-${pipeline}`,
  );
  if (!machine) throw new Error(`the stage has no pipeline "${pipeline}"`);
  const scheduledFor = new Date(world.clock.now).toISOString();
  const begin = async (request: object) => {
    const input = JSON.stringify({ workload: pipeline, scheduledFor, key, by: 'sls rehearse', ...request });
    await world.call('a person', 'sfn', 'StartExecution', { stateMachineArn: machine.arn, input });
    while (sfn.isAnyRunning()) await world.clock.sleep(1000);
  };
  await begin({});
  if (again) await begin({ again });
  await world.clock.sleep(NOTICES_MS);
}

/** Webhooks are stood in for; what the steps call is really called. */
function reachOut(world: World, { cloudformation, ssm, dynamodb }: Deployed): void {
  const outside = new Outside(world, cloudformation, keepSecrets(world, ssm));
  const real = axios.getAdapter('http');
  install(world, dynamodb, (request) => outside.answer(request));
  const modelled = axios.getAdapter(axios.defaults.adapter);
  axios.defaults.adapter = (config) =>
    CALLERS.test(running.getStore()?.name ?? '') ? world.clock.inRealTime(() => real(config)) : modelled(config);
}
