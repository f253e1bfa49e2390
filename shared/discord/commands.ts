import { isRecoverable } from '../recovery/rungs.ts';
import type { CompiledStage, Right } from '../stage/compiled.ts';
import type { Order } from './order.ts';

/** The commands that people give in Discord: registration and reception go by the same list. */

export type CommandName = Exclude<Right, 'approve' | 'acknowledge'>;
export type OptionName = 'workload' | 'why' | 'until' | 'limit';

interface Command {
  /** What override-workload calls it; what only looks has none. */
  act?: Order['act'];
  needs: OptionName[];
  takes: OptionName[];
}

export const COMMANDS: Record<CommandName, Command> = {
  status: { needs: [], takes: ['workload'] },
  runs: { needs: ['workload'], takes: ['limit'] },
  start: { act: 'start', needs: ['workload', 'why'], takes: ['until'] },
  stop: { act: 'stop', needs: ['workload', 'why'], takes: ['until'] },
  extend: { act: 'keep', needs: ['until', 'why'], takes: ['workload'] },
  skip: { act: 'skip', needs: ['why'], takes: ['workload', 'until'] },
  pause: { act: 'pause', needs: ['why'], takes: ['workload', 'until'] },
  resume: { act: 'resume', needs: ['why'], takes: ['workload'] },
};

/** Characters of a reason: people read it in notices and tables. */
export const WHY_LENGTH = 200;
/** Runs that fit one message. */
export const MOST_RUNS = 20;

export function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

/** What a command can be said of: services and queues have no runs, and a pipeline leaves nothing on. */
export function fitting(name: CommandName, { workloads, services, queues }: CompiledStage): string[] {
  const run = Object.keys(workloads);
  const recovered = Object.keys(services).filter((service) => isRecoverable(services[service]));
  if (name === 'start' || name === 'stop') return run;
  if (name === 'runs') return [...run, ...recovered];
  if (name === 'extend')
    return [...run.filter((workload) => workloads[workload]?.kind !== 'pipeline'), ...Object.keys(queues)];
  return [...run, ...Object.keys(services), ...Object.keys(queues)];
}

/** The roles that may do something, by their ids. */
export function rolesFor(right: Right, { roles }: NonNullable<CompiledStage['commands']>): string[] {
  return Object.entries(roles).flatMap(([id, rights]) => (rights.includes(right) ? [id] : []));
}
