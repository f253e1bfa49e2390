import { AxiosError } from 'axios';
import { environments } from '../../shared/stage/kinds.ts';
import type { CloudFormation } from '../aws/cloudformation.ts';
import type { World } from '../world.ts';
import { answer, type Response } from './receiver.ts';

const HEALTHY = '{"status":"UP"}';

/**
 * An environment as its users see it.
 *
 * @throws AxiosError when nobody listens
 */
export async function healthOf(world: World, cloudformation: CloudFormation, url: string): Promise<Response> {
  const [name, environment] = environments(world.stage).find(([, { health }]) => health?.url === url) ?? [];
  const answers = environment ? cloudformation.answers(environment.stack.name) : 'no';
  if (!name || answers === 'no')
    throw new AxiosError(`connect ECONNREFUSED ${new URL(url).hostname}`, AxiosError.ECONNREFUSED);
  const fault = world.faults('health').find((candidate) => world.isFor(candidate, name, 0) && world.uses(candidate));
  if (fault?.health === 'hangs') return new Promise(() => undefined);
  if (fault) return answer(Number(fault.health));
  return answers === 'yes' ? answer(200, HEALTHY) : answer(503);
}
