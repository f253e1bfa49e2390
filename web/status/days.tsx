import type { Bar, HistoryAnswer, WorkloadHistory } from '../../shared/status/answers.ts';
import { Bars } from '../parts/bars.tsx';
import { percent, plain } from '../parts/numbers.ts';
import { AsTable } from '../parts/table.tsx';
import { useVoice, type Voice } from './words.ts';

const LEVELS: Bar['level'][] = ['good', 'fair', 'bad', 'idle', 'unknown'];

/** The last 90 days of each thing, a bar for each. */
export function Days({ history: { days, workloads } }: { history: HistoryAnswer }) {
  const { words } = useVoice();
  return (
    <section aria-labelledby="days">
      <h2 id="days">{words.sections.days}</h2>
      <ul class="key">
        {LEVELS.map((level) => (
          <li key={level}>
            <i class={level} />
            {words.levels[level]}
          </li>
        ))}
      </ul>
      <ul class="rows">
        {workloads.map((one) => (
          <li key={one.name}>
            <Row one={one} days={days} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ one, days }: { one: WorkloadHistory; days: string[] }) {
  const voice = useVoice();
  const { words, times } = voice;
  const { name, bars } = one;
  const [first = ''] = days;
  const how = (bar: Bar | undefined) => (bar ? [words.levels[bar.level], ...factsOf(bar, voice)].join(', ') : '');
  return (
    <>
      <div class="name">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p>{inShort(one, voice)}</p>
      </div>
      <Bars
        label={words.daysOf(name)}
        levels={bars.map(({ level }) => level)}
        say={(index) => `${times.day(days[index] ?? first)}: ${how(bars[index])}`}
        from={times.day(first)}
        to={words.today}
      />
      <AsTable
        summary={words.table.asTable}
        caption={words.daysOf(name)}
        head={[words.table.day, words.table.how, words.table.was]}
        rows={days
          .map((day, index) => {
            const bar = bars[index];
            return [times.day(day), bar && words.levels[bar.level], bar && factsOf(bar, voice).join(', ')];
          })
          .reverse()}
      />
    </>
  );
}

function inShort({ percent: up, succeeded, failed = 0 }: WorkloadHistory, { words }: Voice): string {
  if (up !== undefined) return words.uptime(percent(up));
  return succeeded === undefined ? '' : words.ran(plain(succeeded), plain(failed));
}

/** What is known of a day, in words. */
function factsOf(bar: Bar, { words: { bar: words }, times }: Voice): string[] {
  return [
    ...(bar.percent === undefined ? [] : [words.up(percent(bar.percent))]),
    ...(bar.downMinutes ? [words.down(times.span(bar.downMinutes * 60_000))] : []),
    ...(bar.succeeded ? [words.succeeded(plain(bar.succeeded))] : []),
    ...(bar.failed ? [words.failed(plain(bar.failed))] : []),
    ...(bar.skipped ? [words.skipped(plain(bar.skipped))] : []),
    ...(bar.onHours ? [words.on(times.span(bar.onHours * 3_600_000))] : []),
  ];
}
