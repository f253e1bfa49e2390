import { NobodyKnows } from '../errors.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { lookAtAll, real as looks } from '../watch/look.ts';
import { because } from './reasons.ts';

const PAUSE_MS = 10_000;
/** As many answers in a row are asked for at most: the checks of each minute go on counting. */
const MOST = 4;

export const real = {
  ...looks,
  now: Date.now,
  pause: () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS)),
};

export interface Answer {
  /** Undefined where it was now well and now not. */
  isDown?: boolean;
  at: string;
  /** What was found wrong last, `front: answers 503`. */
  problem?: string;
}

/**
 * Asks a service from outside, as its users do, until that is sure: so many failures in a row, or as many successes as close it.
 *
 * @throws NobodyKnows while the control probe does not answer either, or nothing could be asked
 */
export async function askUntilSure(
  stage: CompiledStage,
  name: string,
  failures: number,
  effects = real,
): Promise<Answer> {
  const successes = Math.min(stage.services[name]?.closeAfter ?? 1, MOST);
  let [well, unwell, problem] = [0, 0, undefined as string | undefined];
  for (let count = 1; well < successes && unwell < failures && count < successes + failures; count++) {
    if (count > 1) await effects.pause();
    const found = await askOnce(stage, name, effects.now(), effects);
    [well, unwell] = found === undefined ? [well + 1, 0] : [0, unwell + 1];
    problem = found ?? problem;
  }
  return {
    ...(unwell >= failures ? { isDown: true } : well >= successes && { isDown: false }),
    at: new Date(effects.now()).toISOString(),
    ...(problem && { problem }),
  };
}

/** What is wrong with it now; undefined when it is well. A heartbeat that was never heard of is neither. */
async function askOnce(
  stage: CompiledStage,
  name: string,
  now: number,
  effects: typeof real,
): Promise<string | undefined> {
  const service = stage.services[name];
  if (!service) throw new NobodyKnows(because('unnamed'));
  const { control, looks } = await lookAtAll({ ...stage, services: { [name]: service } }, now, effects);
  const results = Object.entries(looks[name]?.results ?? {});
  if (control.outcome !== 'ok') throw new NobodyKnows(because('ours'));
  for (const [check, result] of results) if (result.outcome === 'failed') return `${check}: ${result.problem}`;
  const isHeard = (check: string) => service.checks.some((one) => one.name === check && one.kind === 'heartbeat');
  const isUnknown = results.some(([check, { outcome }]) => outcome === 'unknown' && !isHeard(check));
  if (isUnknown || !results.some(([, { outcome }]) => outcome === 'ok')) throw new NobodyKnows(because('notAsked'));
  return undefined;
}
