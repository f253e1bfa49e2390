import type { CompiledStage } from '../shared/stage/compiled.ts';
import { everyMinute } from './every-minute.ts';

/** What has services looked at every minute, and says when nobody does. Nothing where nothing is watched. */
export function health({ services }: CompiledStage): Record<string, object> {
  if (Object.keys(services).length === 0) return {};
  return everyMinute({
    name: 'check-health',
    description: 'Looks at everything that is watched.',
    fails:
      'The checks of Lamplighter fail, so that nobody notices when something goes down. Look at the log of checkHealth.',
    silent:
      'Nobody runs the checks of Lamplighter, which are due every minute. Look at the schedule check-health and the quota of Lambda.',
  });
}
