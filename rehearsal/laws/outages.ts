import type { World } from '../world.ts';
import { ARRIVAL_MS } from './notices.ts';

/** Calls that every notice takes on its way. */
const ON_THE_WAY = /^(sns|sqs|dynamodb)\.|^ssm\.GetParameters?$/;
const FUNCTIONS = /^(notify-|route-notices$)/;

/** Whether the scenario has a channel, or the way to it, out of order until the end: nothing is expected of it then. */
export function isOut(world: World, channel: string): boolean {
  return world.scenario.faults.some((fault) => {
    const isOfIt =
      ('webhook' in fault && (fault.channel ?? channel) === channel) ||
      ('call' in fault && ON_THE_WAY.test(fault.call)) ||
      ('function' in fault && FUNCTIONS.test(fault.function));
    return isOfIt && world.isOn(fault, ARRIVAL_MS);
  });
}
