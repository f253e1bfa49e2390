import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Report } from '../../rehearsal/report.ts';
import { type Language, type Times, timesIn } from '../parts/when.ts';
import type { Item, Tone } from './lanes.ts';
import { en } from './words/en.ts';
import { ko } from './words/ko.ts';

type One = (value: string) => string;
type Count = (count: number) => string;

/** All that the page says; what is not in a language does not compile. */
export interface RehearsalWords {
  title: One;
  rehearsed: (days: number, seconds: number, seed: number) => string;
  verdict: { kept: string; broken: Count; law: (law: number) => string };
  figures: Record<'cost' | 'runs' | 'notices' | 'control', string>;
  instead: One;
  saved: One;
  aMonth: string;
  ofThemFailed: Count;
  ofThemLoud: Count;
  ofThemDown: One;
  sections: Record<
    'timeline' | 'violations' | 'days' | 'services' | 'pipelines' | 'queues' | 'notices' | 'workloads' | 'control',
    string
  >;
  howToGo: string;
  hint: string;
  zoom: Record<'nearer' | 'farther' | 'all' | 'week' | 'day' | 'hours', string>;
  lanes: Record<'violations' | 'faults' | 'loud', string>;
  laneOf: (name: string, count: number) => string;
  kinds: Record<string, string>;
  lit: string;
  tones: Record<Tone, string>;
  statuses: Record<string, string>;
  severities: Record<string, string>;
  acts: Record<string, string>;
  starters: Record<string, string>;
  incidents: Record<string, string>;
  rungs: Record<string, string>;
  helpers: Record<string, string>;
  queue: Record<'backlog' | 'workers' | 'unmeasured', string> & { most: (backlog: number, workers: number) => string };
  sheet: Record<
    | 'close'
    | 'before'
    | 'next'
    | 'scheduledFor'
    | 'by'
    | 'started'
    | 'took'
    | 'job'
    | 'exitCode'
    | 'on'
    | 'why'
    | 'states'
    | 'steps'
    | 'did'
    | 'notices'
    | 'meanwhile'
    | 'history'
    | 'wasDown'
    | 'noticed'
    | 'helped'
    | 'byPinger'
    | 'generation'
    | 'lasted'
    | 'warnings',
    string
  >;
  recovery: string;
  fault: string;
  tries: Count;
  notLeft: string;
  notices: Record<'did' | 'todo' | 'undelivered' | 'of', string> & { all: Count; loud: Count; none: string };
  table: Record<'asTable' | 'day', string> & { of: One };
  plots: Record<'spend' | 'hours' | 'workers' | 'guard' | 'alwaysOn' | 'reckoned' | 'billed', string>;
  workloads: Record<'name' | 'runs' | 'hours' | 'alwaysOn' | 'actual' | 'saved' | 'parts' | 'each' | 'price', string>;
  services: Record<
    'incident' | 'since' | 'noticed' | 'helped' | 'down' | 'pingerNoticed' | 'pingerDown' | 'never' | 'before',
    string
  > & { total: (noticed: number, of: number, toNotice: string, down: string, hours: string) => string; with: One };
  pipelines: Record<
    'step' | 'needs' | 'succeeded' | 'failed' | 'passedOver' | 'tries' | 'half' | 'longest' | 'counted',
    string
  > & { after: One; perRun: (half: string, longest: string) => string };
  queues: Record<
    'queue' | 'jobs' | 'done' | 'failed' | 'left' | 'half' | 'most' | 'p95' | 'workers' | 'hours' | 'cost' | 'saved',
    string
  > & {
    burst: (jobs: number, at: string, begun: string, empty: string) => string;
    never: string;
    lost: (repeated: number, lost: number) => string;
    unmeasured: Count;
  };
  control: Record<
    'item' | 'month' | 'calls' | 'operation' | 'count' | 'channel' | 'posted' | 'edited' | 'refused',
    string
  > & {
    sum: (cost: string, invocations: string, transitions: string) => string;
  };
  foot: (zone: string) => string;
}

const LANGUAGES: Record<Language, RehearsalWords> = { en, ko };

/** In which language and by which clock the page speaks. */
export interface Voice {
  words: RehearsalWords;
  /** By the stage's clock. */
  times: Times;
  timezone: string;
  /** `09:00:07`. @param instant milliseconds since the epoch */
  toSecond(instant: number): string;
  /** An item in a few words. */
  labelOf(item: Item): string;
}

export function voiceOf({ language, timezone }: Pick<Report, 'language' | 'timezone'>): Voice {
  const words = LANGUAGES[language];
  const times = timesIn(language, timezone);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium', hourCycle: 'h23' });
  const toSecond = (instant: number) => clock.format(instant);
  return { words, times, timezone, toSecond, labelOf: (item) => labelOf(item, words, times) };
}

const Spoken = createContext<Voice>(voiceOf({ language: 'en', timezone: 'UTC' }));

export const Speaking = Spoken.Provider;

export function useVoice(): Voice {
  return useContext(Spoken);
}

/** A word for something of a list; what is not in it stands for itself. */
export function said(words: Record<string, string>, key: string): string {
  return (Object.hasOwn(words, key) && words[key]) || key;
}

function labelOf(item: Item, words: RehearsalWords, times: Times): string {
  const took = item.to > item.from ? `, ${times.span(item.to - item.from)}` : '';
  const at = times.at(new Date(item.from).toISOString());
  switch (item.what) {
    case 'run': {
      const { scheduledFor, act, status, reason } = item.run;
      const acted = act === undefined ? '' : ` ${said(words.acts, act)}`;
      const why = reason === undefined ? '' : ` (${reason})`;
      return `${times.at(scheduledFor)}${acted}: ${said(words.statuses, status)}${took}${why}`;
    }
    case 'incident':
      return `${at}: ${said(words.incidents, item.incident.kind)}${took}`;
    case 'fault':
      return `${at}: ${item.fault.text}`;
    case 'violation':
      return `${at}: ${words.verdict.law(item.violation.law)}: ${item.violation.text}`;
    case 'notice':
      return `${at}: ${item.notice.title}`;
  }
}
