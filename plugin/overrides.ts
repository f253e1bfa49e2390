import type { Overrides, Word } from '../shared/time/plan-rows.ts';
import { invokeDeployed, type Reply } from './deployed.ts';
import type { Serverless } from './framework.ts';

interface Answer {
  errorMessage?: string;
  overrides?: (Word & { workload?: string })[];
}

/** The deployed stage could not say what people have said. */
export class OverridesUnknown extends Error {
  override name = 'OverridesUnknown';

  constructor(functionName: string, cause: unknown) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
    super(
      `--live: ${functionName} could not be asked: ${reason}. Is the stage deployed, and are these the credentials of its account?`,
      { cause },
    );
    // The framework prints the stack of errors that it does not know.
    this.stack = this.message;
  }
}

/**
 * What people have said that holds now, asked of the deployed function.
 *
 * @param stage the name of the stage
 * @throws OverridesUnknown
 */
export async function liveOverrides(
  serverless: Serverless,
  stage: string,
  invoke: (serverless: Serverless, functionName: string) => Promise<Reply> = invokeDeployed,
): Promise<Overrides> {
  const functionName = `lamplighter-${stage}-listOverrides`;
  try {
    const { FunctionError, Payload } = await invoke(serverless, functionName);
    const answer = JSON.parse(new TextDecoder().decode(Payload) || '{}') as Answer;
    if (FunctionError) throw new Error(answer.errorMessage ?? FunctionError);
    if (!answer.overrides) throw new Error('it answers something else');
    return byWorkload(answer.overrides);
  } catch (error) {
    throw new OverridesUnknown(functionName, error);
  }
}

function byWorkload(words: (Word & { workload?: string })[]): Overrides {
  const overrides: Overrides = {};
  for (const { workload = '', ...word } of words) overrides[workload] = [...(overrides[workload] ?? []), word];
  return overrides;
}
