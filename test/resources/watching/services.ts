import { type Machine, machines, type Watched, type WatchedStage } from '../../../resources/watching/watched.ts';
import type { Notify } from '../../../shared/stage/compiled.ts';
import { aNotify } from '../../shared/builders.ts';

export const INSTANCE = 'i-0123456789abcdef0';

/** A service on an EC2 instance, kept running by PM2. */
export function aService(more: Partial<Watched> = {}): Watched {
  return {
    timezone: 'Asia/Seoul',
    target: { ec2: INSTANCE },
    maintenance: [],
    offWith: [],
    recover: { restart: { by: 'pm2', name: 'api', user: 'ec2-user' } },
    ...more,
  };
}

export function aWatchedStage(
  services: Record<string, Watched> = { web: aService() },
  notify: Partial<Notify> = {},
): WatchedStage & { notify: Notify } {
  return { stage: 'dev', region: 'ap-northeast-2', services, notify: aNotify(notify) };
}

/** What one service runs on. */
export function aMachine(more: Partial<Watched> = {}): Machine {
  const [machine] = machines({ services: { web: aService(more) } });
  if (!machine) throw new Error('it runs on nothing of this account');
  return machine;
}

/** Many services of all targets. */
export function many(count: number): Record<string, Watched> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `service-${index}`,
      aService({
        target: [
          { ec2: `i-${String(index).padStart(17, '0')}` },
          { ecs: { cluster: 'app', service: `service-${index}` } },
          { group: `group-${index}` },
        ][index % 3] as Watched['target'],
      }),
    ]),
  );
}
