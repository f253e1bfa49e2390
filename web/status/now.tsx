import type { StatusAnswer, WorkloadNow } from '../../shared/status/answers.ts';
import { Lamp } from '../parts/lamp.tsx';
import { lightOf } from './lights.ts';
import { Strip } from './strip.tsx';
import { useVoice } from './words.ts';

/** How each thing is, and what comes next. */
export function Now({ status }: { status: StatusAnswer }) {
  const { words } = useVoice();
  return (
    <section aria-labelledby="now">
      <h2 id="now">{words.sections.now}</h2>
      <ul class="cards">
        {status.workloads.map((one) => (
          <li key={one.name} class={`card ${lightOf(one)}`}>
            <Card one={one} zone={status.timezone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ one, zone }: { one: WorkloadNow; zone: string }) {
  const { words, times, now } = useVoice();
  const { name, kind, now: state, since, queue, checks } = one;
  return (
    <>
      <Lamp light={lightOf(one)} />
      <div class="what">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p class="state">
          <strong>{words.now[state]}</strong>
          {since && ` ${words.since(times.at(since, now))}`}
          <span class="kind">{words.kinds[kind]}</span>
        </p>
      </div>
      <Sentences one={one} />
      {one.ahead && <Strip ahead={one.ahead} zone={zone} />}
      {queue?.workers !== undefined && queue.backlog !== undefined && (
        <p class="aside">{words.workers(queue.workers, queue.max, queue.backlog)}</p>
      )}
      {checks && checks.length > 0 && (
        <ul class="checks">
          {checks.map((check) => (
            <li key={check.name} class={check.outcome}>
              <bdi>{check.name}</bdi> {words.outcomes[check.outcome]}
              {check.ms ? <span class="ms"> {check.ms} ms</span> : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Why it is so, and when it will be otherwise. */
function Sentences({ one: { kind, up, why, opensAt, closesAt } }: { one: WorkloadNow }) {
  const { words, times, now } = useVoice();
  const ahead = (instant: string | undefined, say: (time: string, span: string) => string) => {
    const left = instant ? Date.parse(instant) - now : 0;
    return instant && left > 0 ? say(times.at(instant, now), times.span(left)) : undefined;
  };
  const because = why && (words.why[why.code] ?? why.code);
  const next = up ? ahead(closesAt, words.closes) : ahead(opensAt, kind === 'service' ? words.ends : words.opens);
  if (!why && !next) return null;
  return (
    <div class="why">
      {because && (
        <p>
          {why.until ? words.until(because, times.at(why.until, now)) : because}.{why.text && <q>{why.text}</q>}
        </p>
      )}
      {next && <p>{next}</p>}
    </div>
  );
}
