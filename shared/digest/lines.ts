import { dollars, percentSaved } from '../cost/items.ts';
import { minutes, named } from '../notices/parts.ts';
import { inWords } from '../notices/pipeline-parts.ts';
import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { wallClock } from '../time/wall-clock.ts';
import { digestWordsOf } from '../words/digest.ts';
import { wordsOf } from '../words/words.ts';
import type { Facts, WorkloadFacts } from './digest.ts';
import { pipelineLines } from './pipeline.ts';

/** How many of a workload's failures and of its reasons to skip are said one by one. */
const NAMED = 5;
/** So many times the usual duration are said aloud. */
const MUCH = 1.5;

/** What happened to a workload: how its runs ended, how long they took, how long it was on, and what was skipped. */
export function workloadLines(facts: WorkloadFacts, stage: CompiledStage, now: number): string[] {
  const digest = digestWordsOf(stage);
  const { name, outcomes, failed, skipped } = facts;
  const ended = Object.entries(outcomes).map(([how, count]) => digest.outcomes[how as keyof typeof outcomes](count));
  const about = [...ended, ...tookWords(facts, stage), ...onWords(facts, stage)];
  const [first, rest] = [failed.slice(0, NAMED), failed.length - NAMED];
  return [
    ended.length > 0 ? digest.runs(name, about.join(', ')) : [digest.none(name), ...about].join(', '),
    ...first.map((run) => failureLine(run, stage, now)),
    ...(rest > 0 ? [digest.more(name, rest)] : []),
    ...(facts.pipeline ? pipelineLines(name, facts.pipeline, stage) : []),
    ...skipped.slice(0, NAMED).map(({ reason, count }) => digest.skipped(name, count, inWords(reason, stage))),
  ];
}

function failureLine(run: Run, stage: CompiledStage, now: number): string {
  const { runs, environments, reason } = wordsOf(stage);
  const what = named(run, stage, now);
  const status = run.status as 'failed';
  const title = run.act ? environments[run.act][status](what) : runs.titles[status](what);
  const why = run.reason && (run.kind === 'pipeline' ? inWords(run.reason, stage) : retold(run.reason, reason));
  return why ? `${title}: ${why}` : title;
}

function tookWords({ took }: WorkloadFacts, stage: CompiledStage): string[] {
  if (!took) return [];
  const [digest, words] = [digestWordsOf(stage), wordsOf(stage)];
  const duration = minutes(took.median, words);
  if (took.usual === undefined) return [digest.took(duration)];
  const say = took.median > took.usual * MUCH ? digest.tookLonger : digest.tookUsually;
  return [say(duration, minutes(took.usual, words))];
}

function onWords({ on, usd, limit }: WorkloadFacts, stage: CompiledStage): string[] {
  if (!on || usd === undefined) return [];
  const [digest, words] = [digestWordsOf(stage), wordsOf(stage)];
  const share = on.of > 0 ? Math.round((on.seconds / on.of) * 100) : 0;
  return [
    digest.on(minutes(on.seconds, words), String(share)),
    ...(on.unseen > 0 ? [digest.unseen(minutes(on.unseen, words))] : []),
    limit === undefined ? digest.spent(dollars(usd)) : digest.spentOf(dollars(usd), dollars(limit)),
  ];
}

/** What was spent, up to when that is known, and what it is to be held against. */
export function spendLines(spend: Facts['spend'], stage: CompiledStage, now: number): string[] {
  const digest = digestWordsOf(stage);
  if (!spend) return [digest.spendUnknown];
  const { usd, asOf, unknown, alwaysOn, limit, most } = spend;
  const { date, time } = wallClock(Date.parse(asOf), stage.timezone);
  const isToday = date === wallClock(now, stage.timezone).date;
  return [
    [
      digest.spend(dollars(usd), isToday ? time : `${date} ${time}`),
      ...(limit === undefined ? [] : [digest.limit(dollars(limit))]),
      ...(most ? [digest.most(dollars(most.usd), most.day)] : []),
      ...(alwaysOn > 0 ? [digest.alwaysOn(dollars(alwaysOn), String(percentSaved(alwaysOn, usd)))] : []),
    ].join(' '),
    ...(unknown.length > 0 ? [digest.notInIt(unknown.join(', '))] : []),
  ];
}
