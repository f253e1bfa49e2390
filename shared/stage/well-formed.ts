import { type StageFile, stageSchema } from './schema.ts';

const { calendar, notify, commands, control, network, budget, status, workloads } = stageSchema.shape;

type Notify = StageFile['notify'];

/** What of a faulty file is right by itself, so that its contradictions can be told at once with the rest. */
export function wellFormed(values: Record<string, unknown>): Partial<StageFile> & { names: string[] } {
  return {
    calendar: calendar.safeParse(values['calendar']).data,
    notify: notifyOf(values['notify']),
    commands: commandsOf(values['commands']),
    control: controlOf(values['control']),
    network: networkOf(values['network']),
    budget: budget.safeParse(values['budget']).data,
    status: status.safeParse(values['status']).data,
    workloads: workloadsOf(values['workloads']),
    names: Object.keys(values['workloads'] ?? {}),
  };
}

/** Of a channel its name is enough; a route that is malformed may have been the one for critical notices. */
function notifyOf(value: unknown): Notify | undefined {
  const { channels, routes } = (value ?? {}) as { channels?: unknown; routes?: unknown };
  if (channels === null || typeof channels !== 'object' || !Array.isArray(routes)) return undefined;
  return {
    ...(value as Notify),
    channels: channels as Notify['channels'],
    routes: routes.map(
      (route) => notify.shape.routes.element.safeParse(route).data ?? { severity: ['critical'], to: [] },
    ),
  };
}

/** That it is there is enough. */
function controlOf(value: unknown): string | undefined {
  return value === undefined ? undefined : (control.safeParse(value).data ?? 'https://control.invalid');
}

/** The same. */
function commandsOf(value: unknown): StageFile['commands'] {
  if (value === undefined) return undefined;
  return commands.safeParse(value).data ?? { application: '', publicKey: '', guild: '', roles: {} };
}

/** The same. */
function networkOf(value: unknown): StageFile['network'] {
  return value === undefined ? undefined : (network.safeParse(value).data ?? { subnets: [], securityGroups: [] });
}

function workloadsOf(value: unknown): StageFile['workloads'] {
  return Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([name, entry]) => {
      const { data } = workloads.valueType.safeParse(entry);
      return data ? [[name, data]] : [];
    }),
  );
}
