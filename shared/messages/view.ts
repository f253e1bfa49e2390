import type { Link, Notice } from '../notices/notice.ts';
import { minutes, zoneOf } from '../notices/parts.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallClock } from '../time/wall-clock.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { linksOf } from './links.ts';
import type { Because, Incident, Message } from './message.ts';
import { cut } from './texts.ts';

/** A message in the words of its stage, before a channel gives it its form. Everything is whole but old titles. */
export interface View {
  words: Words;
  title: string;
  /** Why it comes here or comes again, then how long it has gone on. */
  status: string[];
  /** What happened, what was done, what is to be done, and what was said before; none without lines. */
  parts: { heading?: string; lines: string[] }[];
  links: Link[];
  /** How bad, of what, and where. */
  where: string;
  /** The local time, with its offset. */
  time: string;
  tone: Severity | 'flapping';
}

/** How many of the notices before are named, and how much of the title of each. */
const EARLIER = 10;
const EARLIER_TITLE = 120;
/** What a message says, in the language of the stage and the zone of the workload. */
export function view(message: Message, stage: CompiledStage): View {
  const { notice, incident, because } = message;
  const words = wordsOf(stage);
  const { date, time, offset } = wallClock(Date.parse(notice.at), zoneOf(notice, stage));
  return {
    words,
    title: titleOf(notice.title, incident, words),
    status: [
      ...(because ? [becauseOf(because, words)] : []),
      ...(incident ? incidentOf(incident, notice, stage, words) : []),
    ],
    parts: [
      { lines: notice.lines },
      { heading: words.message.did, lines: notice.did ?? [] },
      { heading: words.message.todo, lines: notice.todo ?? [] },
      { heading: words.message.earlier, lines: earlierOf(message, stage, words) },
    ].filter(({ lines }) => lines.length > 0),
    links: linksOf(notice, words),
    where: [words.severities[notice.severity], notice.workload, notice.stage].join(' · '),
    time: `${date} ${time} ${offset}`,
    tone: incident?.state === 'flapping' ? 'flapping' : incident?.state === 'resolved' ? 'success' : notice.severity,
  };
}

function titleOf(title: string, incident: Incident | undefined, { message }: Words): string {
  if (incident?.state === 'resolved') return message.resolvedTitle(title);
  if (incident?.state === 'flapping') return message.flappingTitle(title);
  return incident && incident.count > 1 ? `${title} ${times(incident.count)}` : title;
}

function times(count: number): string {
  return `×${count}`;
}

/**
 * Why a channel carries a message. An escalation's `why` is the seconds that nobody acknowledged in, a fallback's the
 * status that the channel answered or what else was wrong.
 */
function becauseOf({ what, channel = '', why = '' }: Because, words: Words): string {
  const isNumber = /^\d+$/.test(why);
  if (what === 'reminder') return words.because.reminder;
  if (what === 'escalation') return words.because.escalated(isNumber ? minutes(Number(why), words) : why || undefined);
  return isNumber ? words.because.answered(channel, why) : words.because.failed(channel, why);
}

function incidentOf(incident: Incident, notice: Notice, stage: CompiledStage, words: Words): string[] {
  const { message } = words;
  const { state, openedAt, count, endedAt = Date.parse(notice.at), acknowledged } = incident;
  const since = clock(openedAt, notice, stage);
  if (state === 'resolved') {
    const after = message.resolvedAfter(minutes(Math.max(0, endedAt - openedAt) / 1000, words));
    return [after, ...(count > 1 ? [times(count)] : [])];
  }
  if (state === 'flapping') return [message.flapping(count, since)];
  // Of one that has just begun its own time says as much.
  const isNews = count === 1 && Math.abs(Date.parse(notice.at) - openedAt) < 60_000;
  return [
    ...(isNews ? [] : [state === 'open' ? message.openSince(since) : message.since(since)]),
    ...(acknowledged ? [message.acknowledged(acknowledged.by, clock(acknowledged.at, notice, stage))] : []),
  ];
}

function earlierOf({ earlier, dropped, notice }: Message, stage: CompiledStage, { message }: Words): string[] {
  const shown = earlier.slice(-EARLIER);
  const more = dropped + earlier.length - shown.length;
  return [
    ...shown.map(({ at, title }) => `${clock(at, notice, stage)} ${cut(title, EARLIER_TITLE)}`),
    ...(more > 0 ? [message.more(more.toLocaleString('en'))] : []),
  ];
}

/** The time of day where the workload is, and the date where that is not the notice's. */
function clock(instant: number, notice: Notice, stage: CompiledStage): string {
  const zone = zoneOf(notice, stage);
  const { date, time } = wallClock(instant, zone);
  return date === wallClock(Date.parse(notice.at), zone).date ? time : `${date.slice(5)} ${time}`;
}
