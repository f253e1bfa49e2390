import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { json, PONG } from './answers.ts';
import { type Input, input, interaction, type Output, TYPE } from './contract.ts';
import { ears, hear } from './hear.ts';
import { signedBody } from './signature.ts';

const real = { ...ears, stage: deployedStage };

/** Hears what people do in Discord: nothing is read before its signature is checked, and nothing is done here. */
export async function receiveInteraction(request: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const body = stage.commands && signedBody(request, stage.commands.publicKey, effects.now());
  if (body === undefined) return json(401, { error: 'invalid request signature' });
  const received: unknown = JSON.parse(body);
  if ((received as { type?: unknown } | null)?.type === TYPE.ping) return json(200, PONG);
  const answer = await hear(interaction.parse(received), stage, effects);
  return answer ? json(200, answer) : json(409, { error: 'this interaction was received before' });
}

export const handler = wrap(input, receiveInteraction);
