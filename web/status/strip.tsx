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
  return (
    <div class="strip">
      <p class="heard">{words.planned(told.join(', ') || '–')}</p>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="dark" width="100" height="6" />
        {spans.map(({ from, to }) => (
          <rect key={from} class="planned" x={from} width={Math.max(0, to - from)} height="6" />
        ))}
        <rect class="midnight" x="49.9" width="0.2" height="6" />
        <rect class="here" x={place(now) - 0.3} width="0.6" height="6" />
      </svg>
      <p class="days" aria-hidden="true">
        <span>{words.today}</span>
        <span>{words.tomorrow}</span>
      </p>
    </div>
  );
}

/** The midnight before an instant, in a zone; where clocks change that day, it may be an hour beside. */
function midnight(instant: number, zone: string): number {
  const [hours = 0, minutes = 0] = timesIn('en', zone).clock(new Date(instant).toISOString()).split(':').map(Number);
  return Math.floor(instant / 60_000) * 60_000 - (hours * 60 + minutes) * 60_000;
}
