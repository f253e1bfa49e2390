import { useEffect } from 'preact/hooks';
import type { HistoryAnswer, StatusAnswer } from '../../shared/status/answers.ts';
import { useAsking, useNow } from './asking.ts';
import { Days } from './days.tsx';
import { Foot } from './foot.tsx';
import { Head } from './head.tsx';
import { Incidents } from './incidents.tsx';
import { headlineOf } from './lights.ts';
import { Month } from './month.tsx';
import { Now } from './now.tsx';
import { Runs } from './runs.tsx';
import { Speaking, voiceOf } from './words.ts';

const NOW_EVERY_MS = 30_000;
/** Days change slowly, and cost more to tell. */
const HISTORY_EVERY_MS = 300_000;

/** The whole page: how everything is, how it was, what it cost. */
export function StatusPage() {
  const status = useAsking<StatusAnswer>('status.json', NOW_EVERY_MS);
  const history = useAsking<HistoryAnswer>('history.json', HISTORY_EVERY_MS);
  const now = useNow(10_000);
  const language = status.answer?.language ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
  const voice = voiceOf(language, now);
  const headline = status.answer && headlineOf(status.answer, voice.words);
  const title = status.answer?.title ?? voice.words.by;
  const windowTitle = headline ? `${headline.text} · ${title}` : title;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = windowTitle;
  }, [language, windowTitle]);
  return (
    <Speaking value={voice}>
      <Head title={title} status={status} headline={headline} />
      <main>
        {status.answer && <Now status={status.answer} />}
        {history.answer && (
          <>
            <Days history={history.answer} />
            <Month history={history.answer} />
            <div class="beside">
              <Incidents history={history.answer} />
              <Runs history={history.answer} />
            </div>
          </>
        )}
        {history.problem === 'silent' && <p class="aside">{voice.words.noHistory}</p>}
      </main>
      {status.answer && <Foot zone={status.answer.timezone} />}
    </Speaking>
  );
}
