import { batches, isBatch } from '../shared/stage/kinds.ts';
import { meddle } from './aws/jobs.ts';
import { localInstant } from './cron.ts';
import type { Deployed } from './deploy.ts';
import type { Guild } from './outside/guild.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** What is behind the status page. */
const PAGE = [
  ['servePage', '/'],
  ['serveStatus', '/status.json'],
  ['serveStatus', '/history.json'],
] as const;

/** Lets people and accidents of the scenario come at their times. */
export function invite(world: World, deployed: Deployed, guild: Guild): void {
  const { timezone } = world.stage;
  for (const person of world.scenario.people)
    world.clock.at(localInstant(person.at, timezone), () => act(world, deployed, guild, person));
  for (const alarm of world.scenario.alarms) deployed.cloudwatch.expect(alarm);
  for (const fault of world.faults('instance')) {
    const all = batches(world.stage);
    const [, workload] = (fault.workload ? all.find(([name]) => name === fault.workload) : all[0]) ?? [];
    if (fault.at && workload)
      world.clock.at(localInstant(fault.at, timezone), () => meddle(world, deployed.ec2, fault, workload.instance.id));
  }
  for (const fault of world.faults('deployment'))
    world.clock.at(localInstant(fault.at, timezone), () => {
      for (const name of fault.workload ? [fault.workload] : Object.keys(world.stage.workloads))
        if (!isBatch(world.stage.workloads[name])) {
          const isUp = deployed.cloudformation.deploy(name, fault.deployment);
          world.journal.write({
            what: 'fault',
            text: `somebody: deploys to ${name}${isUp ? '' : ', which is not up'}`,
          });
        }
    });
}

/** A person says something to a function, or starts a run of a batch with parameters. */
function act(world: World, { lambda, sfn }: Deployed, guild: Guild, person: Scenario['people'][number]): void {
  const { act: what, workload, cause, parameters, by, why } = person;
  const until = person.until === undefined ? undefined : localInstant(person.until, world.stage.timezone);
  const isHeard = () =>
    world.journal.write({
      ...{ what: 'person', act: what, workload },
      ...(cause !== undefined && { cause }),
      ...(until !== undefined && { until }),
    });
  if (person.through === 'discord') return void guild.say(person, isHeard);
  const named = (suffix: string) => [...lambda.functions.keys()].find((name) => name.endsWith(suffix));
  // A person waits for the answer: what was refused was not said.
  const tell = (name: string, word: object) =>
    void lambda.invoke(named(name) ?? name, word).then(isHeard, (error: Error) =>
      world.journal.write({
        what: 'fault',
        text: `${what} ${workload ?? 'the stage'} was refused: ${error.message}`,
      }),
    );
  if (what === 'look') {
    isHeard();
    void lambda.invokeAsync(named('listRuns') ?? '', { workload });
    const today = new Date(world.clock.now).toISOString().slice(0, 10);
    void lambda.invokeAsync(named('listSpend') ?? '', { from: today, to: today });
    for (const name of [named('listOverrides'), named('listIncidents'), named('showStatus')])
      if (name) void lambda.invokeAsync(name, {});
    for (const [name, rawPath] of PAGE) void lambda.invokeAsync(named(name) ?? '', { rawPath });
  } else if (what === 'start' && parameters) {
    isHeard();
    const stateMachineArn = [...sfn.machines.values()].find(({ name }) => name.endsWith('run-batch'))?.arn;
    const input = JSON.stringify({ workload, by: 'a person', parameters });
    // Refused, and journalled as refused: that is enough.
    world.call('a person', 'sfn', 'StartExecution', { stateMachineArn, input }).catch(() => undefined);
  } else if (what === 'recover' || what === 'approve') {
    tell('orderRecovery', { act: what, workload, by, why });
  } else if (what === 'acknowledge') {
    tell('acknowledgeIncident', { ...(workload && { workload }), ...(cause && { cause }), by });
  } else {
    const end = until !== undefined && new Date(until).toISOString();
    const { run, from, only, which, since } = person;
    const ofRun = Object.entries({ run, from, only, which, since }).filter(([, value]) => value !== undefined);
    const said = { ...(workload && { workload }), ...(end && { until: end }), ...Object.fromEntries(ofRun) };
    const word = { act: what, ...said, by, why };
    tell('overrideWorkload', word);
  }
}
