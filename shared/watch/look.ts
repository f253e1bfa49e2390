import type { Check, CheckOf, CompiledStage } from '../stage/compiled.ts';
import { heartbeats } from '../state/heartbeats.ts';
import { askAll, type Question } from './ask.ts';
import { judgeHeartbeat } from './heartbeat.ts';
import { heldOf, real as helds } from './held.ts';
import type { Look, Result, Results } from './result.ts';

export const real = { ...helds, ask: (questions: Question[]) => askAll(questions), heartbeats };

/** What a minute showed of a stage. */
export interface Seen {
  control: Result;
  /** Service → what was seen of it. */
  looks: Record<string, Look>;
}

/** Looks at everything that is watched, and at the control probe. @param now milliseconds since the epoch */
export async function lookAtAll(stage: CompiledStage, now: number, effects = real): Promise<Seen> {
  const services = Object.entries(stage.services);
  const asked = services.flatMap(([name, { checks }]) => checks.filter(isAsked).map((check) => ({ name, check })));
  const [answers, heard] = await Promise.all([
    effects.ask([...controls(stage), ...asked.map(({ check }) => check)]),
    services.some(([, { checks }]) => checks.some(isHeard)) ? effects.heartbeats() : new Map<string, number>(),
  ]);
  const first = answers.slice(0, controls(stage).length);
  const results: Record<string, Results> = Object.fromEntries(services.map(([name]) => [name, {}]));
  asked.forEach(({ name, check }, index) => {
    const answer = answers[first.length + index];
    if (answer) Object.assign(results[name] ?? {}, { [check.name]: answer });
  });
  for (const [name, { checks }] of services)
    for (const check of checks.filter(isHeard))
      Object.assign(results[name] ?? {}, { [check.name]: judgeHeartbeat(check, heard.get(name), now) });
  const control = await controlOf(stage, first, Object.values(results), effects);
  const looks = await Promise.all(
    services.map(async ([name, service]): Promise<[string, Look]> => {
      const own = results[name] ?? {};
      const held = await heldOf(name, service, own, stage, now, effects);
      return [name, { results: own, ...(held && { held }) }];
    }),
  );
  return { control, looks: Object.fromEntries(looks) };
}

/** Asked again where something failed: our network may have failed after the first question. */
async function controlOf(
  stage: CompiledStage,
  first: Result[],
  results: Results[],
  effects: typeof real,
): Promise<Result> {
  const isWell = first.every(({ outcome }) => outcome === 'ok');
  const hasFailed = results.some((own) => Object.values(own).some(({ outcome }) => outcome === 'failed'));
  const [last = first[0]] = isWell && hasFailed ? await effects.ask(controls(stage)) : [];
  return last ?? { outcome: 'ok', ms: 0 };
}

function controls({ control }: CompiledStage): CheckOf<'http'>[] {
  return control === undefined
    ? []
    : [{ kind: 'http', name: 'control', url: control, withinSeconds: 5, certificateDays: 0 }];
}

function isAsked(check: Check): check is Question {
  return check.kind !== 'heartbeat';
}

function isHeard(check: Check): check is CheckOf<'heartbeat'> {
  return check.kind === 'heartbeat';
}
