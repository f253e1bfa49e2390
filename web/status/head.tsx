import type { StatusAnswer } from '../../shared/status/answers.ts';
import { Lamp, type Light } from '../parts/lamp.tsx';
import { type Asked, useNow } from './asking.ts';
import { type Headline, lightOf } from './lights.ts';
import { useVoice } from './words.ts';

interface HeadProps {
  title: string;
  status: Asked<StatusAnswer>;
  headline?: Headline;
}

/** What it is about, and the one sentence that most people came for. */
export function Head({ title, status: { answer, problem, nextAt }, headline }: HeadProps) {
  const { words, times, now } = useVoice();
  const count = (wanted: Light) => answer?.workloads.filter((one) => lightOf(one) === wanted).length ?? 0;
  const counts = [
    ...(count('lit') > 0 ? [words.up(count('lit'))] : []),
    ...(count('out') > 0 ? [words.off(count('out'))] : []),
  ];
  const light = problem ? 'unknown' : (headline?.light ?? 'turning');
  return (
    <header class={`head ${light}`}>
      <Lamp light={light} />
      <div>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p class="headline" role="status">
          {headline?.text ?? (problem ? (problem === 'refused' ? words.refused : words.silent) : words.loading)}
        </p>
        {answer && !problem && <p class="aside">{[...counts, words.asOf(times.at(answer.at, now))].join(' · ')}</p>}
      </div>
      {problem && (
        <p class="problem" role="alert">
          {answer && words.stale(times.at(answer.at, now))} {nextAt && <Countdown to={nextAt} />}
        </p>
      )}
    </header>
  );
}

/** Not said aloud: it would never end. @param to milliseconds since the epoch */
function Countdown({ to }: { to: number }) {
  const { words } = useVoice();
  const left = Math.ceil((to - useNow(1000)) / 1000);
  return <span aria-hidden="true">{words.trying(Math.max(0, left))}</span>;
}
