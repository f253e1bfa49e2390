import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import { localInstant } from '../cron.ts';
import type { QueueScenario } from '../scenario/queues.ts';
import type { World } from '../world.ts';
import { byHours, type Load, QUIET, type Stretch } from './jobs/load.ts';

/** What comes where the scenario does not say: a working day, and a little at night. */
const USUAL: Stretch[] = [
  { from: '09:00', to: '18:00', perMinute: 6 },
  { from: '18:00', to: '09:00', perMinute: 0.1 },
];
/** A job takes about what the stage file says. */
const SPREAD = { from: 0.5, to: 1.5 };

const seconds = (milliseconds: number) => milliseconds / 1000;

/** What befalls a queue, as the scenario has it; attempts fail as long as a fault of it says so. */
export function loadOf(world: World, name: string, { workers, timezone }: QueueWorkload): Load {
  const said = world.scenario.queues[name];
  const faults = world.faults('attempts').filter(({ workload = name }) => workload === name);
  const [from, to] = said?.takes?.map(seconds) ?? [workers.jobSeconds * SPREAD.from, workers.jobSeconds * SPREAD.to];
  const load: Omit<Load, 'fails'> = {
    rate: rateOf(said?.arrivals ?? USUAL, timezone),
    bursts: burstsOf(said, world.stage.timezone),
    takes: { from: from as number, to: to as number },
    ...(said?.long && { long: { percent: said.long.percent, seconds: seconds(said.long.takes) } }),
    ...(said?.delayed && { delayed: { percent: said.delayed.percent, seconds: seconds(said.delayed.by) } }),
    poison: said?.poison ?? 0,
    attempts: said?.attempts ?? 3,
    backoffSeconds: seconds(said?.backoff ?? 10_000),
    reason: said?.reason ?? 'Error: navigation timeout',
    keepsCompleted: said?.keeps ?? false,
    ...(said?.memory && { memory: said.memory }),
  };
  const fails = () => faults.find((fault) => world.isOn(fault))?.percent ?? said?.fails ?? 0;
  return Object.defineProperty(load, 'fails', { get: fails }) as Load;
}

/** Where nothing ever comes, nobody has to look for when it does. */
function rateOf(stretches: Stretch[], timezone: string): Load['rate'] {
  return stretches.some(({ perMinute }) => perMinute > 0) ? byHours(stretches, timezone) : QUIET.rate;
}

function burstsOf(said: QueueScenario | undefined, timezone: string): Load['bursts'] {
  return (said?.bursts ?? [])
    .map(({ at, jobs }) => ({ at: localInstant(at, timezone), jobs }))
    .sort((a, b) => a.at - b.at);
}
