import { describeStack } from '../../shared/aws/stacks.ts';
import {
  DeadlineExceeded,
  StackFailed,
  StackInProgress,
  StackNeedsPerson,
  StackNotDeleted,
} from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { failuresOf, heldBy } from './failures.ts';
import { meaningOf, outcomeOf } from './states.ts';

const real = { describeStack, failuresOf, heldBy, now: Date.now };

/** Looks at a stack once: it says what is to be done, or the error's name says whether asking again can help. */
export async function checkStack({ want, stack, until, refresh }: Input, effects = real): Promise<Output> {
  const found = await effects.describeStack(stack);
  const status = found?.status ?? 'absent';
  const seen = { status, ...(found && { id: found.id }), at: new Date(effects.now()).toISOString() };
  const goesOn = () => {
    if (effects.now() >= Date.parse(until)) throw new DeadlineExceeded(`${stack} is still ${status}`);
    return new StackInProgress(`${stack} is ${status}`);
  };
  if (want === 'start' || want === 'stop') {
    const todo = meaningOf(status)[want];
    if (todo === 'wait') throw goesOn();
    if (todo === 'person') throw new StackNeedsPerson(await explain(status, found?.id, found?.reason, effects));
    if (todo === 'up') return { todo: refresh ? 'refresh' : 'nothing', ...seen };
    return { todo: todo === 'gone' ? 'nothing' : todo, ...seen };
  }
  const outcome = outcomeOf(want, status);
  if (!outcome) throw goesOn();
  if (outcome === 'done') return { todo: 'nothing', ...seen };
  if (want === 'deleted') throw new StackNotDeleted(await explain(status, found?.id, found?.reason, effects));
  throw new StackFailed(await explain(status, found?.id, found?.reason, effects));
}

async function explain(
  status: string,
  id: string | undefined,
  reason: string | undefined,
  effects: typeof real,
): Promise<string> {
  if (!id) return 'somebody deleted it meanwhile';
  const what = await (status === 'DELETE_FAILED' ? effects.heldBy(id) : effects.failuresOf(id));
  return [status, ...(what.length > 0 ? what : reason ? [reason] : [])].join('; ');
}

export const handler = wrap(input, checkStack);
