import { backlogOf } from '../queues/reading.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { QueueMemory } from '../state/queues.ts';
import { queueWordsOf } from '../words/queues.ts';
import { wordsOf } from '../words/words.ts';
import { ecsServiceLink, labelled, logGroupLink } from './links.ts';
import type { Link } from './notice.ts';
import { minutes } from './parts.ts';

/** What the notices on queues are made of. */

/** What is there, in a sentence or two; without a reading of just now, that nobody knows. */
export function stateOf({ reading, workers }: QueueMemory, stage: CompiledStage, now: number): string[] {
  const [words, all] = [queueWordsOf(stage), wordsOf(stage)];
  const running = workers ? String(workers.running) : words.notSeen;
  if (!reading || now - reading.at > FRESH_MS) return [words.unknownState(running)];
  const { oldestSeconds = 0 } = reading;
  return [
    words.state(String(backlogOf(reading)), running),
    ...(oldestSeconds >= 60 ? [words.oldest(minutes(oldestSeconds, all))] : []),
  ];
}

const FRESH_MS = 90_000;

/** The service that works it off, and why it was decided so. */
export function linksOf(queue: string, { stage, region, queues, ...rest }: CompiledStage): { links?: Link[] } {
  const words = queueWordsOf(rest);
  const workers = queues[queue]?.workers;
  const links = [
    ...labelled(words.service, workers && ecsServiceLink(workers, region)),
    ...labelled(words.log, logGroupLink(`/aws/lambda/lamplighter-${stage}-tendQueues`, region)),
  ];
  return links.length > 0 ? { links } : {};
}
