import { useState } from 'preact/hooks';
import type { Report } from '../../rehearsal/report.ts';
import { loudOf } from './lanes.ts';
import { said, useVoice } from './words.ts';

type Notice = Report['notices'][number];

/** So many are shown before somebody asks for more. */
const PAGE = 12;

/** What people were told, in order; what they have to read first of all. */
export function Notices({ report }: { report: Report }) {
  const { words, times } = useVoice();
  const { notices, undelivered } = report;
  const loud = loudOf(report);
  const [isAll, setAll] = useState(loud.length === 0);
  const [shown, setShown] = useState(PAGE);
  const chosen = isAll ? notices : loud;
  return (
    <section aria-labelledby="notices">
      <h2 id="notices">{words.sections.notices}</h2>
      <div class="tools">
        <button type="button" aria-pressed={!isAll} onClick={() => setAll(false)}>
          {words.notices.loud(loud.length)}
        </button>
        <button type="button" aria-pressed={isAll} onClick={() => setAll(true)}>
          {words.notices.all(notices.length)}
        </button>
      </div>
      {chosen.length === 0 && <p class="aside">{words.notices.none}</p>}
      <ol class="notices">
        {chosen.slice(0, shown).map((notice) => (
          <li key={`${notice.at} ${notice.workload} ${notice.title}`}>
            <NoticeText notice={notice} />
          </li>
        ))}
      </ol>
      {chosen.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + 4 * PAGE)}>
          {shown} {words.notices.of} {chosen.length} …
        </button>
      )}
      {undelivered.length > 0 && (
        <>
          <h3>{words.notices.undelivered}</h3>
          <ul class="undelivered">
            {undelivered.map(({ at, channel, why }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two can be the same
              <li key={index}>
                <time>{times.at(at)}</time> <bdi>{channel}</bdi>: <bdi lang="en">{why}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** One notice. @param isAlone whether its day has to be said */
export function NoticeText({ notice, isAlone = true }: { notice: Notice; isAlone?: boolean }) {
  const { words, times } = useVoice();
  const { at, severity, title, lines, did = [], todo = [] } = notice;
  const list = (heading: string, texts: string[]) =>
    texts.length > 0 && (
      <>
        <p class="label">{heading}</p>
        <ul>
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </>
    );
  return (
    <article class={`message ${severity}`} dir="auto">
      <p class="head">
        <time>{isAlone ? times.at(at) : times.clock(at)}</time>{' '}
        <span class="severity">{said(words.severities, severity)}</span>
      </p>
      <p>
        <strong>{title}</strong>
      </p>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two can be the same
        <p key={index}>{line}</p>
      ))}
      {list(words.notices.did, did)}
      {list(words.notices.todo, todo)}
    </article>
  );
}
