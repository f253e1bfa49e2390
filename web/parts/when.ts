export type Language = 'en' | 'ko';

/** How times are said in one language and one zone; instants are ISO 8601, dates `2026-11-20`. */
export interface Times {
  /** `09:00` */
  clock(instant: string): string;
  /** `Mon 23 Nov` */
  day(date: string): string;
  /** `Mon 23 Nov, 09:00`; of the same day, by this zone, only the time. @param now milliseconds since the epoch */
  at(instant: string, now?: number): string;
  /** `3 h 20 min`, the two largest units. @param ms milliseconds; not negative */
  span(ms: number): string;
  /** The date of an instant by this zone. @param instant milliseconds since the epoch, or ISO 8601 */
  dateOf(instant: number | string): string;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', ko: 'ko-KR' };

/** With spaces that no line breaks at. */
const UNITS: Record<Language, [day: string, hour: string, minute: string, second: string, gap: string]> = {
  en: ['\u00a0d', '\u00a0h', '\u00a0min', '\u00a0s', '\u00a0'],
  ko: ['일', '시간', '분', '초', '\u00a0'],
};

/** @param timeZone IANA; that of the reader unless said */
export function timesIn(language: Language, timeZone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALES[language], { timeZone, ...options });
  const clocks = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const dates = format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const isoDates = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const dateOf = (instant: number | string) => isoDates.format(new Date(instant));
  const clock = (instant: string) => clocks.format(new Date(instant));
  return {
    clock,
    dateOf,
    day: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    at: (instant, now) =>
      now !== undefined && dateOf(now) === dateOf(instant)
        ? clock(instant)
        : `${days.format(new Date(instant))}${language === 'en' ? ',' : ''} ${clock(instant)}`,
    span: (ms) => spanIn(UNITS[language], Math.round(ms / 1000)),
  };
}

function spanIn([day, hour, minute, second, gap]: (typeof UNITS)[Language], seconds: number): string {
  if (seconds < 60) return `${seconds}${second}`;
  const minutes = Math.round(seconds / 60);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), day],
    [Math.floor(minutes / 60) % 24, hour],
    [minutes % 60, minute],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count}${unit}`).join(gap);
}
