import type { WorkloadStatus } from '../../functions/show-status/contract.ts';
import { shortTime } from '../time/short-time.ts';
import type { ConsequenceWords } from '../words/consequences.ts';
import { ofPipeline } from './of-pipeline.ts';
import { type Consequence, calm, endingOf, endOf, grave, nowOf, type Said, whenOf } from './of-unrun.ts';

/** What a word would do to a workload that runs. @param at the local time now */
export function ofRun(said: Said, workload: WorkloadStatus, at: string, words: ConsequenceWords): Consequence[] {
  const { act } = said;
  if (act === 'skip' || act === 'pause') return [held(said, workload, at, words)];
  if (act === 'resume') return resumed(workload, words);
  if (workload.kind === 'pipeline') return ofPipeline(act, workload, words);
  if (act === 'start') return [calm(started(said, workload, words))];
  const { kind, now, running } = workload;
  const [isOn, what] = [isOnNow(workload), kind === 'batch' ? words.instance : words.stack];
  if (act === 'keep')
    return [calm(words.notStopped(endingOf(said, words)) + (kind === 'batch' ? words.atMostDeadline : ''))];
  if (act === 'emergency-stop') {
    if (!isOn) return [calm(words.is(what, nowOf(now, words)))];
    return [grave(words.stoppedNow(what, nowOf(now, words)) + (running ? words.andCutOff(running.key) : ''))];
  }
  if (kind === 'batch') {
    if (running) return [grave(words.isCutOff(running.key, what))];
    return [calm(words.nothingCutOff + (isOn ? words.notOurs(what, nowOf(now, words)) : ''))];
  }
  return [isOn ? grave(words.isDeleted(what)) : calm(words.isAlready(what, nowOf(now, words)))];
}

function started(said: Said, { kind, running, held: why }: WorkloadStatus, words: ConsequenceWords): string {
  if (running) return words.goesOn(words.acts[running.act ?? 'run'] ?? 'run', running.key);
  if (why.length > 0) return words.wouldBeSkipped(why.join('; '));
  return kind === 'batch' ? words.runBegins : words.isCreated(words.stack, endingOf(said, words));
}

function held(said: Said, { running, next }: WorkloadStatus, at: string, words: ConsequenceWords): Consequence {
  const when = whenOf(said, words);
  if (running && said.act === 'pause') return grave(words.endsAsPlanned(running.key, when));
  return calm(words.nothingStarts(when) + (next.start ? words.theNext(shortTime(next.start, at)) : ''));
}

function resumed(workload: WorkloadStatus, words: ConsequenceWords): Consequence[] {
  const { words: said, breaker } = workload;
  return [
    ...said.map((word) =>
      word.act === 'keep' && isOnNow(workload) ? grave(words.noLongerKept(word.by, word.why)) : endOf(word, words),
    ),
    ...(breaker.failures > 0 ? [calm(words.forgotten(breaker.failures))] : []),
  ];
}

function isOnNow({ now }: WorkloadStatus): boolean {
  return now !== 'off' && now !== 'missing';
}
