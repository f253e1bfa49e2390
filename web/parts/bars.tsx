import './bars.css';
import { useScrub } from './scrub.ts';

export type Level = 'good' | 'fair' | 'bad' | 'idle' | 'unknown';

/** How a day is drawn: what is worse stands out by its height too, not by its colour alone. */
const TOPS: Record<Level, number> = { good: 4, fair: 4, bad: 0, idle: 18, unknown: 22 };
const BOTTOM = 28;

interface BarsProps {
  label: string;
  levels: Level[];
  /** What is said of the day at an index. */
  say: (index: number) => string;
  /** What stands beneath while no day is looked at: from when to when. */
  from: string;
  to: string;
}

/** A bar for each day: looked at by pointer or finger, gone along with the arrow keys. */
export function Bars({ label, levels, say, from, to }: BarsProps) {
  const scrub = useScrub(label, levels.length, say, (clientX, element) => {
    const { left, width } = element.getBoundingClientRect();
    return Math.floor(((clientX - left) / width) * levels.length);
  });
  return (
    <div class="bars">
      <div class="row" {...scrub.props}>
        <svg viewBox={`0 0 ${levels.length * 4} ${BOTTOM}`} preserveAspectRatio="none" aria-hidden="true">
          {levels.map((level, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place in the row
              key={index}
              class={scrub.index === index ? `${level} looked-at` : level}
              x={index * 4 + 0.5}
              width={3}
              y={TOPS[level]}
              height={BOTTOM - TOPS[level]}
              rx={0.8}
            />
          ))}
        </svg>
      </div>
      <p class="beneath" aria-hidden="true">
        {scrub.index === undefined ? (
          <>
            <span>{from}</span>
            <span>{to}</span>
          </>
        ) : (
          <span class="said">{say(scrub.index)}</span>
        )}
      </p>
    </div>
  );
}
