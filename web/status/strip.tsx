import { timesIn } from '../parts/when.ts';
import { useVoice } from './words.ts';

interface StripProps {
  /** Instants between which it is planned to be on. */
  ahead: { from: string; to: string }[];
  /** The stage's: its days are shown. */
  zone: string;
}

const HOUR_MS = 3_600_000;

/** Two days as a strip: when it is planned to be on, and where now is. */
export function Strip({ ahead, zone }: StripProps) {
  const { words, times, now } = useVoice();
  const start = midnight(now, zone);
  const length = midnight(start + 36 * HOUR_MS, zone) + 24 * HOUR_MS - start;
  const place = (instant: number) => Math.max(0, Math.min(100, ((instant - start) / length) * 100));
  const spans = ahead.map(({ from, to }) => ({ from: place(Date.parse(from)), to: place(Date.parse(to)) }));
  const told = ahead.map(({ from, to }) => `${times.at(from, now)}–${times.at(to, Date.parse(from))}`);
  const { dateOf } = timesIn('en', zone);
  const day = (later: number) => dateOf(start + (12 + later * 24) * HOUR_MS);
  const onDay = (name: string, later: number) =>
    [
      name,
      ...ahead
        .filter(({ from }) => dateOf(from) === day(later))
        .map(({ from, to }) => `${times.clock(from)}–${times.clock(to)}`),
    ].join(' · ');
  return (
    <div class="strip">
      <p class="heard">{words.planned(told.join(', ') || '–')}</p>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="dark" y="2" width="100" height="6" />
        {spans.map(({ from, to }) => (
          <rect key={from} class="planned" x={from} y="2" width={Math.max(0, to - from)} height="6" />
        ))}
        <rect class="midnight" x="49.9" width="0.2" height="10" />
        <rect class="here" x={place(now) - 0.4} width="0.8" height="10" />
      </svg>
      <p class="days" aria-hidden="true">
        <span>{onDay(words.today, 0)}</span>
        <span>{onDay(words.tomorrow, 1)}</span>
      </p>
    </div>
  );
}

/** The midnight before an instant, in a zone; where clocks change that day, it may be an hour beside. */
function midnight(instant: number, zone: string): number {
  const [hours = 0, minutes = 0] = timesIn('en', zone).clock(new Date(instant).toISOString()).split(':').map(Number);
  return Math.floor(instant / 60_000) * 60_000 - (hours * 60 + minutes) * 60_000;
}
