import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../functions/notify-sns/render.ts';
import { PIPELINE_REASONS, type PipelineReason } from '../../../shared/pipeline/reasons.ts';
import { REASONS, type Reason } from '../../../shared/reasons.ts';
import { RECOVERY_REASONS, type RecoveryReason } from '../../../shared/recovery/reasons.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { budgetWordsOf } from '../../../shared/words/budget.ts';
import { digestWordsOf } from '../../../shared/words/digest.ts';
import { pipelineWordsOf } from '../../../shared/words/pipelines.ts';
import { queueWordsOf } from '../../../shared/words/queues.ts';
import { recoveryWordsOf } from '../../../shared/words/recovery.ts';
import { serviceWordsOf } from '../../../shared/words/services.ts';
import { wordsOf } from '../../../shared/words/words.ts';
import { aMessage, aStage } from '../builders.ts';
import { everyNotice } from './every-notice.ts';

const HANGUL = /[가-힣]/;
const speaks = (language: CompiledStage['notify']['language']) => aStage({ notify: { language } });
const of = (language: 'en' | 'ko') => ({
  ...wordsOf(speaks(language)),
  budget: budgetWordsOf(speaks(language)),
  digest: digestWordsOf(speaks(language)),
  services: serviceWordsOf(speaks(language)),
  queues: queueWordsOf(speaks(language)),
  recovery: recoveryWordsOf(speaks(language)),
  pipelines: pipelineWordsOf(speaks(language)),
});
const [EN, KO] = [of('en'), of('ko')];
/** What has no words in any language. */
const SIGNS = new Set(['own.stormShare']);

/** Every sentence by its place, with numbers for its values. */
function sentences(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const values = ['7', '8', '9'].slice(0, Math.max(words.length, 1));
    return [[path, String(words(...values))]];
  }
  return Object.entries(words as object)
    .filter(([key]) => key !== 'reason' && key !== 'reasons')
    .flatMap(([key, value]) => sentences(value, path ? `${path}.${key}` : key));
}

describe('the catalogue', () => {
  const korean = new Map(sentences(KO));

  test('every sentence - in both languages', () => {
    expect([...korean.keys()].sort()).toEqual(
      sentences(EN)
        .map(([path]) => path)
        .sort(),
    );
  });

  test.each(sentences(EN))('%s - is said in each language, with the same values', (path, english) => {
    const found = korean.get(path) ?? '';
    expect(english).not.toMatch(HANGUL);
    if (!SIGNS.has(path)) expect(found).toMatch(HANGUL);
    const values = (text: string) => [...new Set(text.match(/(?<![\w])[789](?![\w])/g) ?? [])].sort();
    expect(values(found)).toEqual(values(english));
  });

  test.each(Object.keys(REASONS) as Reason[])('the reason %s - in Korean, with its values', (reason) => {
    const values = ['A1', 'B2', 'C3'].slice(0, REASONS[reason].match(/\{/g)?.length ?? 0);
    const text = KO.reason(reason, ...values);
    expect(text).toMatch(HANGUL);
    for (const value of values) expect(text).toContain(value);
  });
});

test.each(Object.keys(RECOVERY_REASONS) as RecoveryReason[])(
  'the reason %s of a recovery - in both, with its values',
  (reason) => {
    const values = ['A1', 'B2', 'C3'].slice(0, RECOVERY_REASONS[reason].match(/\{/g)?.length ?? 0);
    const [english, korean] = [EN, KO].map(({ recovery }) => recovery.reasons[reason](...values));
    expect(english).not.toMatch(HANGUL);
    expect(korean).toMatch(HANGUL);
    for (const value of values) for (const text of [english, korean]) expect(text).toContain(value);
  },
);

test.each(Object.keys(PIPELINE_REASONS) as PipelineReason[])(
  'the reason %s of a pipeline - in both, with its values',
  (reason) => {
    const values = ['A1', 'B2', 'C3', 'D4'].slice(0, PIPELINE_REASONS[reason].match(/\{/g)?.length ?? 0);
    const [english, korean] = [EN, KO].map(({ pipelines }) => pipelines.reasons[reason](...values));
    expect(english).not.toMatch(HANGUL);
    expect(korean).toMatch(HANGUL);
    for (const value of values) for (const text of [english, korean]) expect(text).toContain(value);
  },
);

describe('every notice', () => {
  test.each(everyNotice(speaks('ko')))('%s in Korean - no English but facts', (_, notice) => {
    const { title, lines, did = [], todo = [], links = [] } = notice;
    for (const text of [title, ...lines, ...did, ...todo, ...links.map(({ label }) => label)])
      expect(text).toMatch(HANGUL);
  });

  test.each([...everyNotice(speaks('en')), ...everyNotice(speaks('ko'))])(
    '%s - a title that a phone shows whole, in one line',
    (_, { title }) => {
      expect(title.length).toBeLessThanOrEqual(50);
      expect(title).not.toContain('\n');
    },
  );

  test.each(everyNotice(speaks('en')))('%s - a subject of an e-mail as it stands', (_, notice) => {
    expect(renderMail(aMessage(notice), speaks('en')).subject).toBe(`[${notice.severity}] ${notice.title}`);
  });
});
