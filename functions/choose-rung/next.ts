import { describeInstances } from '../../shared/aws/instances.ts';
import { NobodyKnows } from '../../shared/errors.ts';
import { real as asks, askUntilSure } from '../../shared/recovery/ask.ts';
import { forbidden, real as forbids } from '../../shared/recovery/forbidden.ts';
import { because } from '../../shared/recovery/reasons.ts';
import { type Recoverable, RUNGS } from '../../shared/recovery/rungs.ts';
import type { Step } from '../../shared/recovery/steps.ts';
import type { CompiledStage, Rung } from '../../shared/stage/compiled.ts';
import { runsBetween } from '../../shared/state/runs.ts';
import { slotKey } from '../../shared/time/slots.ts';
import { isByPerson } from '../admit-recovery/against.ts';
import { approvalOf, real as approvals, hasTime, isWaiting } from './approval.ts';
import type { Choice, Input } from './contract.ts';
import { unwellMember } from './member.ts';

export const real = { ...asks, ...forbids, ...approvals, describeInstances, runsBetween };

/** From here on a disk is full: no restart makes room. */
const FULL_DISK = 95;
const DAY_MS = 24 * 3_600_000;

type Next = Pick<Choice, 'rung' | 'end' | 'reason' | 'instanceId' | 'askedSince'> & { changingAddress?: string };

/** What is done next about a service that is still down; or why nothing is. @param steps what was done so far */
export async function nextRung(
  state: Input,
  steps: Step[],
  { stage, service }: { stage: CompiledStage; service: Recoverable },
  effects: typeof real,
): Promise<Next> {
  const { run, said, services } = state;
  const now = effects.now();
  // What was true a rung or an approval ago need not be true now (law 7).
  const law = await forbidden(run.workload, service, { stage, byPerson: isByPerson(run), now }, effects);
  if (law) return none('held', law);
  const asked = await askUntilSure(stage, run.workload, 1, effects).catch((error: Error) => error);
  if (asked instanceof Error) return unseen(asked, state, now);
  if (asked.isDown === false) return none('well', because('recoveredByItself'));
  if ((said?.disk ?? 0) >= FULL_DISK) return none('person', because('diskFull', said?.disk ?? 0));
  const isDeploying = (services?.list[0]?.Deployments?.length ?? 0) > 1;
  if (isDeploying && steps.length === 0) return none('held', because('deploymentUnderWay'));
  const rung = await firstLeft(state, steps, service, now, effects);
  if (!rung) return none('person', because('nothingLeft'));
  const word = await approvalOf(rung, state, service, now, effects);
  if (word === 'nobody') return none('person', because('notApproved', rung));
  const next = await ofTarget(rung, state, effects);
  return next.rung === 'none' ? next : { ...next, ...word };
}

/** While people are asked for their word, our own network may come back. */
function unseen(error: Error, { choice }: Input, now: number): Next {
  if (!(error instanceof NobodyKnows)) throw error;
  if (!isWaiting(choice) || !hasTime(choice, now)) return none('held', error.message);
  const { rung, askedSince, instanceId } = choice;
  return { rung, askedSince, ...(instanceId && { instanceId }) };
}

async function ofTarget(rung: Rung, state: Input, effects: typeof real): Promise<Next> {
  const { run } = state;
  if (run.target.kind === 'ecs') return { rung };
  return run.target.kind === 'group' ? ofGroup(rung, state) : ofInstance(rung, run.target.id, effects);
}

/** The mildest that was not tried, now or lately. */
async function firstLeft(
  { run }: Input,
  steps: Step[],
  { recover, timezone }: Recoverable,
  now: number,
  { runsBetween }: typeof real,
): Promise<Rung | undefined> {
  const range = { from: slotKey(now - DAY_MS, timezone), before: `${slotKey(now, timezone)}~` };
  const others = (await runsBetween(run.workload, range)).filter(({ key }) => key !== run.key);
  const before = others.flatMap((other) => other.steps ?? []);
  const rests = ({ rung, at }: Step) => now < Date.parse(at) + RUNGS[rung].restSeconds * 1000;
  const done = new Set([...steps, ...before.filter(rests)].map(({ rung }) => rung));
  return recover.rungs.find((rung) => !done.has(rung));
}

function ofGroup(rung: Rung, state: Input): Next {
  const instanceId = unwellMember(state);
  return instanceId ? { rung, instanceId } : none('person', because('memberUnknown'));
}

/** One that is not running was stopped by somebody, or is no more. */
async function ofInstance(rung: Rung, instanceId: string, { describeInstances }: typeof real): Promise<Next> {
  const facts = (await describeInstances([instanceId])).get(instanceId);
  if (facts?.state !== 'running') return none('person', because('instanceIs', facts?.state ?? 'missing'));
  const { changingAddress } = facts;
  return { rung, instanceId, ...(rung === 'stop-start' && changingAddress && { changingAddress }) };
}

function none(end: NonNullable<Choice['end']>, reason: string): Next {
  return { rung: 'none', end, reason };
}
