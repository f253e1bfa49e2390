import { deployedStage } from '../../shared/stage/deployed.ts';
import { takeInteraction } from '../../shared/state/interactions.ts';
import { wrap } from '../../shared/wrap.ts';
import { doers } from './ask.ts';
import { type Input, input, type Output } from './contract.ts';
import { look } from './look.ts';
import { onNotice } from './on-notice.ts';
import { carryOut, orders } from './orders.ts';
import { voice } from './reply.ts';

const real = { ...doers, ...orders, ...voice, stage: deployedStage, takeInteraction, now: Date.now };

export type Effects = typeof real;

/** Does what a person in Discord wants, and says there what came of it; a copy of an event is not done again. */
export async function carryOutCommand(asked: Input, effects = real): Promise<Output> {
  const { interaction, by, does } = asked;
  if (!(await effects.takeInteraction(interaction.id, 'carried-out', effects.now()))) return { done: false };
  if (does.what === 'status' || does.what === 'runs') await look(interaction, does, effects);
  else if (does.what === 'acknowledge' || does.what === 'approve') await onNotice(interaction, does, by, effects);
  else await carryOut(interaction, does, effects);
  return { done: true };
}

export const handler = wrap(input, carryOutCommand);
