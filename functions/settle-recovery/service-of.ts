import { serviceOfAlarm } from '../../shared/alarms/names.ts';

/** The service that somebody asked to be recovered, as far as the request tells. */
export function serviceOf(request: unknown, stage: string): string {
  const { service, detail } = (request ?? {}) as { service?: unknown; detail?: { alarmName?: unknown } };
  if (typeof service === 'string') return service;
  const name = String(detail?.alarmName ?? 'lamplighter');
  return serviceOfAlarm(stage, name)?.service ?? name;
}
