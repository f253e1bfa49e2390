import { InvalidInput } from '../../shared/errors.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { putHeartbeat } from '../../shared/state/heartbeats.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { stage: deployedStage, putHeartbeat, now: Date.now };

/** Remembers that a server was heard of just now. */
export async function recordHeartbeat({ service }: Input, effects = real): Promise<Output> {
  const { services } = effects.stage();
  const waits = (name: string) => services[name]?.checks.some(({ kind }) => kind === 'heartbeat');
  if (!Object.hasOwn(services, service) || !waits(service)) {
    const known = Object.keys(services).filter(waits).join(', ') || 'none';
    throw new InvalidInput(`service: nothing waits for heartbeats of ${service}; it does for: ${known}`);
  }
  const now = effects.now();
  await effects.putHeartbeat(service, now);
  return { service, at: new Date(now).toISOString() };
}

export const handler = wrap(input, recordHeartbeat);
