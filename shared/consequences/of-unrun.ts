import type { QueueStatus, ServiceStatus } from '../../functions/show-status/contract.ts';
import type { ConsequenceWords } from '../words/consequences.ts';

/** What a word would do to what has no runs. */

export type Act = 'start' | 'stop' | 'keep' | 'skip' | 'pause' | 'resume' | 'emergency-stop';

/** What a word would do, as things are now. */
export interface Consequence {
  text: string;
  /** It stops something, or leaves something that is on without what starts it again: a person is asked first. */
  stops: boolean;
}

/** Of what a word is said, and how. */
export interface Said {
  act: Act;
  /** Until when, as the person wrote it. */
  until: string | undefined;
  /** Whether it is said of the whole stage. */
  isOfStage: boolean;
}

/** Of what is watched. */
export function ofService(said: Said, { words: held, now }: ServiceStatus, words: ConsequenceWords): Consequence[] {
  const { act, isOfStage } = said;
  if (act === 'pause' || act === 'skip') {
    // A pause of the whole stage keeps no fault from being told.
    const what = isOfStage ? words.service.notRecovered : words.service.notTold;
    return [calm(words.service.watched(nowOf(now, words), what, whenOf(said, words)))];
  }
  return act === 'resume' ? held.map((word) => endOf(word, words)) : [];
}

/** Of a queue, whose workers are scaled. */
export function ofQueue(said: Said, { words: held, workers }: QueueStatus, words: ConsequenceWords): Consequence[] {
  const running = workers ? words.queue.running(workers.running) : words.queue.unknown;
  switch (said.act) {
    case 'keep':
      return [calm(words.queue.kept(endingOf(said, words), running))];
    case 'pause':
    case 'skip':
      return [grave(words.queue.held(whenOf(said, words), running))];
    case 'resume':
      return held.map((word) => endOf(word, words));
    case 'emergency-stop':
      return [grave(words.queue.stopped(running))];
    default:
      return said.isOfStage ? [] : [calm(words.queue.refused)];
  }
}

/** That a word that holds now would hold no more. */
export function endOf(
  { act, by, why }: { act: 'pause' | 'skip' | 'keep'; by: string; why: string },
  words: ConsequenceWords,
): Consequence {
  return calm(words.said(words.held[act], by, why));
}

/** Until when, where it was said. */
export function endingOf({ until }: Said, words: ConsequenceWords): string {
  return until ? words.times.until(until) : '';
}

/** Until when nothing starts, which a skip and a pause know by themselves. */
export function whenOf(said: Said, words: ConsequenceWords): string {
  return endingOf(said, words) || (said.act === 'skip' ? words.times.today : words.times.untilResumed);
}

/** How something is, in words. */
export function nowOf(now: string, words: ConsequenceWords): string {
  return words.now[now] ?? now;
}

export function calm(text: string): Consequence {
  return { text, stops: false };
}

export function grave(text: string): Consequence {
  return { text, stops: true };
}
