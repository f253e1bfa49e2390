import type { Answer, Invocation } from '../../plugin/local-world.ts';
import { answer } from '../../rehearsal/apart.ts';

/** Functions of one stage, with the event of each. */
export type Invocations = Omit<Invocation, 'name' | 'event' | 'environment'> & { events: Record<string, unknown> };

/** What each of them answers, or the error that is none of its own. */
export type Answers = Record<string, Answer | { thrown: string }>;

// One stage in a process of its own, one function after the other, each in a world of its own: what `sls invoke local` does
// when it has read its options.
answer(async ({ events, ...deployment }: Invocations): Promise<Answers> => {
  const { invokeInModel } = await import('../../plugin/local-world.ts');
  const answers: Answers = {};
  for (const [name, event] of Object.entries(events))
    answers[name] = await invokeInModel({ ...deployment, name, event, environment: {} }, () => undefined).catch(
      (error: unknown) => ({ thrown: String(error) }),
    );
  return answers;
});
