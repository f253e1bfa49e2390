import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bar, IncidentAnswer, RunAnswer, WhyCode, WorkloadNow } from '../../shared/status/answers.ts';
import { type Language, type Times, timesIn } from '../parts/when.ts';
import { en } from './words/en.ts';
import { ko } from './words/ko.ts';

type Step = IncidentAnswer['steps'][number];
type Outcome = NonNullable<WorkloadNow['checks']>[number]['outcome'];
type One = (value: string) => string;
type Count = (count: number) => string;
type Timed = (time: string, span: string) => string;

/** All that the page says; what is not in a language does not compile. */
export interface StatusWords {
  by: string;
  headline: Record<'down' | 'troubled' | 'unknown', (names: string, count: number) => string> &
    Record<'well' | 'stopped' | 'paused' | 'nothing', string>;
  up: Count;
  off: Count;
  more: Count;
  asOf: One;
  stale: One;
  silent: string;
  refused: string;
  trying: Count;
  loading: string;
  noHistory: string;
  sections: Record<'now' | 'days' | 'month' | 'incidents' | 'runs', string>;
  kinds: Record<WorkloadNow['kind'], string>;
  now: Record<WorkloadNow['now'], string>;
  since: One;
  opens: Timed;
  /** Of work on a service. */
  ends: Timed;
  closes: Timed;
  until: (why: string, time: string) => string;
  why: Record<WhyCode, string>;
  workers: (workers: number, max: number, backlog: number) => string;
  outcomes: Record<Outcome, string>;
  levels: Record<Bar['level'], string>;
  uptime: One;
  ran: (succeeded: string, failed: string) => string;
  daysOf: One;
  bar: Record<'up' | 'down' | 'on', One> & Record<'succeeded' | 'failed' | 'skipped', One>;
  today: string;
  tomorrow: string;
  planned: One;
  table: Record<'asTable' | 'day' | 'how' | 'was', string>;
  spent: (usd: string, alwaysOn: string) => string;
  saved: One;
  onHours: One;
  partial: string;
  limit: One;
  plots: Record<'spend' | 'hours' | 'spent' | 'alwaysOn' | 'others', string>;
  noMonth: string;
  noIncidents: string;
  incidents: Record<IncidentAnswer['what'], string>;
  open: string;
  acknowledged: string;
  lasted: One;
  rungs: Record<Step['rung'], string>;
  results: Record<Step['result'], string>;
  severities: Record<IncidentAnswer['severity'], string>;
  noRuns: string;
  acts: Record<NonNullable<RunAnswer['act']>, string>;
  statuses: Record<RunAnswer['status'], string>;
  starters: Record<RunAnswer['by'], string>;
  all: Count;
  steps: Count;
  zones: (yours: string, theirs: string) => string;
  zone: One;
  asData: string;
}

const LANGUAGES: Record<Language, StatusWords> = { en, ko };

/** In which language and by which clock the page speaks. */
export interface Voice {
  words: StatusWords;
  /** By the reader's clock. */
  times: Times;
  /** Milliseconds since the epoch: it goes on between answers. */
  now: number;
}

export function voiceOf(language: Language, now: number): Voice {
  return { words: LANGUAGES[language], times: timesIn(language), now };
}

const Spoken = createContext<Voice>(voiceOf('en', 0));

export const Speaking = Spoken.Provider;

export function useVoice(): Voice {
  return useContext(Spoken);
}
