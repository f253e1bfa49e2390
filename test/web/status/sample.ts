import type {
  Bar,
  HistoryAnswer,
  IncidentAnswer,
  MonthAnswer,
  RunAnswer,
  StatusAnswer,
} from '../../../shared/status/answers.ts';

/** A Friday afternoon in Seoul; what the pages of tests and of the guide show. */
export const AT = '2026-11-20T05:02:00Z';

const HEAD = {
  version: 1,
  stage: 'dev',
  title: 'Chat development',
  at: AT,
  language: 'en',
  timezone: 'Asia/Seoul',
} as const;

const DAY_MS = 86_400_000;

export const status: StatusAnswer = {
  ...HEAD,
  workloads: [
    {
      ...{ name: 'makenaide', kind: 'batch', now: 'off', up: false, since: '2026-11-20T00:48:00Z' },
      why: { code: 'between-runs' },
      opensAt: '2026-11-20T06:00:00Z',
    },
    {
      ...{ name: 'chat-app', kind: 'environment', now: 'on', up: true, since: '2026-11-20T00:11:00Z' },
      closesAt: '2026-11-20T09:00:00Z',
      ahead: [{ from: '2026-11-20T00:00:00Z', to: '2026-11-20T09:00:00Z' }],
    },
    {
      ...{ name: 'nightly', kind: 'pipeline', now: 'off', up: false, since: '2026-11-19T18:31:00Z' },
      why: { code: 'paused', until: '2026-11-23T00:00:00Z' },
      opensAt: '2026-11-23T18:00:00Z',
    },
    {
      ...{ name: 'web', kind: 'service', now: 'up', up: true, since: '2026-11-14T02:16:00Z' },
      checks: [
        { name: 'front', outcome: 'ok', ms: 142 },
        { name: 'nginx', outcome: 'ok', ms: 18 },
        { name: 'alive', outcome: 'ok' },
      ],
    },
    {
      ...{ name: 'crawl', kind: 'queue', now: 'working', up: true, since: '2026-11-20T04:20:00Z' },
      queue: { backlog: 214, workers: 12, max: 50 },
    },
  ],
};

/** The local dates that end with today. */
const days = Array.from({ length: 90 }, (_, index) =>
  new Date(Date.parse('2026-11-20T00:00:00Z') - (89 - index) * DAY_MS).toISOString().slice(0, 10),
);

const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());

/** The same for everybody who asks, and not the same each day. */
const odd = (index: number, of: number) => (((index * 7919 + 13) % 101) / 101) * of;

function barsOf(bar: (day: string, index: number) => Bar, sinceIndex = 0): Bar[] {
  return days.map((day, index) => (index < sinceIndex ? { level: 'unknown' } : bar(day, index)));
}

const DOWN: Record<number, number> = { 31: 7, 58: 96, 83: 22 };

const workloads: HistoryAnswer['workloads'] = [
  {
    ...{ name: 'makenaide', kind: 'batch', succeeded: 521, failed: 9 },
    bars: barsOf((_, index) => {
      const failed = index === 47 ? 5 : index % 31 === 4 ? 1 : 0;
      return {
        level: failed > 3 ? 'bad' : failed ? 'fair' : 'good',
        ...{ succeeded: 6 - failed, failed, onHours: 3 + odd(index, 1.4) },
      };
    }),
  },
  {
    ...{ name: 'chat-app', kind: 'environment', succeeded: 118, failed: 1 },
    bars: barsOf((day, index) =>
      isWeekend(day)
        ? { level: 'idle', skipped: 2 }
        : { level: index === 69 ? 'fair' : 'good', succeeded: 2, onHours: 9.1 },
    ),
  },
  {
    ...{ name: 'nightly', kind: 'pipeline', succeeded: 61, failed: 2 },
    bars: barsOf((_, index) => ({ level: index % 29 === 11 ? 'bad' : 'good', succeeded: 1 }), 26),
  },
  {
    ...{ name: 'web', kind: 'service', percent: 99.903 },
    bars: barsOf((_, index) => {
      const downMinutes = DOWN[index] ?? 0;
      return {
        level: downMinutes > 60 ? 'bad' : downMinutes ? 'fair' : 'good',
        ...{ downMinutes, percent: 100 - downMinutes / 14.4 },
      };
    }),
  },
  {
    ...{ name: 'crawl', kind: 'queue', succeeded: 184_220, failed: 311 },
    bars: barsOf((_, index) => ({
      level: index === 62 ? 'fair' : 'good',
      ...{ succeeded: 2000 + Math.round(odd(index, 900)), onHours: 20 + odd(index, 30) },
    })),
  },
];

const monthDays = days.filter((day) => day.startsWith('2026-11'));
const onHours = (name: string) =>
  monthDays.map((day) => ({
    day,
    onHours: workloads.find((one) => one.name === name)?.bars[days.indexOf(day)]?.onHours ?? 0,
  }));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

const HOURLY: Record<string, number> = { makenaide: 0.054, 'chat-app': 0.241, crawl: 0.057 };

const monthOf: MonthAnswer['workloads'] = Object.entries(HOURLY).map(([name, hourly]) => {
  const own = onHours(name);
  const total = sum(own.map((day) => day.onHours));
  return {
    ...{ name, onHours: total, usd: total * hourly, days: own },
    ...(name !== 'crawl' && { alwaysOnUsd: 20 * 24 * hourly }),
  };
});

const month: MonthAnswer = {
  ...{ month: '2026-11', asOf: '2026-11-20T05:00:00Z', limit: 20, hours: 470, isPartial: false },
  usd: sum(monthOf.map(({ usd }) => usd)),
  alwaysOnUsd: sum(monthOf.map(({ usd, alwaysOnUsd }) => alwaysOnUsd ?? usd)),
  onHours: sum(monthOf.map((one) => one.onHours)),
  days: monthDays.map((day, index) => {
    const usd = sum(monthOf.map(({ name, days: own }) => (own[index]?.onHours ?? 0) * (HOURLY[name] ?? 0)));
    return { day, usd, alwaysOnUsd: 24 * 0.295 + odd(index, 1.2), onHours: 0 };
  }),
  workloads: monthOf,
};

const incidents: IncidentAnswer[] = [
  {
    ...{ name: 'web', kind: 'service', what: 'down', severity: 'critical' },
    ...{ from: '2026-11-14T01:54:00Z', to: '2026-11-14T02:16:00Z' },
    steps: [
      { at: '2026-11-14T01:57:00Z', rung: 'restart', result: 'did-not-help', seconds: 194 },
      { at: '2026-11-14T02:02:00Z', rung: 'reboot', result: 'helped', seconds: 612 },
    ],
  },
  {
    ...{ name: 'chat-app', kind: 'environment', what: 'run-failed', severity: 'warning' },
    ...{ from: '2026-10-31T00:00:00Z', to: '2026-10-31T00:44:00Z', steps: [] },
  },
];

const hours = ['15:00', '09:00', '02:00', '23:00', '21:00', '18:00'];
const runs: RunAnswer[] = [
  {
    ...{ name: 'chat-app', kind: 'environment', act: 'start', key: '2026-11-20T09:00', by: 'schedule' },
    ...{ status: 'succeeded', startedAt: '2026-11-20T00:00:03Z', endedAt: '2026-11-20T00:11:00Z', seconds: 657 },
  },
  {
    ...{ name: 'nightly', kind: 'pipeline', key: '2026-11-20T03:00', by: 'schedule', status: 'skipped' },
    why: { code: 'paused' },
  },
  ...Array.from({ length: 24 }, (_, index): RunAnswer => {
    const day = days[89 - Math.floor((index + 1) / 6)];
    return {
      ...{ name: 'makenaide', kind: 'batch', key: `${day}T${hours[(index + 1) % 6]}`, by: 'schedule' },
      ...(index === 5
        ? { status: 'failed', why: { code: 'failed' }, seconds: 311 }
        : { status: 'succeeded', seconds: 2280 + Math.round(odd(index, 300)) }),
    };
  }),
];

export const history: HistoryAnswer = { ...HEAD, days, workloads, month, incidents, runs };
