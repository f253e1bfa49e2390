import { expect, test } from '@jest/globals';
import type { WhyCode } from '../../../shared/status/answers.ts';
import { momentOf } from '../../../web/gate/when.ts';
import { type Cause, causeOf, languageOf, wordsIn } from '../../../web/gate/words.ts';

/** All of them: the compiler names one that is missing. */
const CAUSES: Record<WhyCode, Cause> = {
  ...{ hours: 'closed', closed: 'closed', 'between-runs': 'closed', skipped: 'closed', 'off-with': 'closed' },
  ...{ stopping: 'closed', starting: 'starting', recovering: 'starting' },
  ...{ paused: 'work', 'stage-paused': 'work', changing: 'work', maintenance: 'work' },
  ...{ stopped: 'off', emergency: 'off', 'over-budget': 'off' },
  ...{ breaker: 'trouble', kept: 'trouble', failed: 'trouble', broken: 'trouble', missing: 'trouble', down: 'trouble' },
  ...{
    unreadable: 'trouble',
    runaway: 'trouble',
    'not-asked': 'trouble',
    'not-looked-at': 'trouble',
    control: 'trouble',
  },
  ...{ late: 'trouble', busy: 'trouble', 'too-long': 'trouble' },
};

test.each(Object.entries(CAUSES))('why is %s - %s', (code, cause) => {
  expect(causeOf(code)).toBe(cause);
});

test('no code, one of a later version, or a name that every object has - trouble', () => {
  for (const code of [undefined, 'later', 'constructor', '__proto__']) expect(causeOf(code)).toBe('trouble');
});

test('both languages - no text is missing, and none is said in the other', () => {
  const texts = (language: string) =>
    Object.values(wordsIn(language)).flatMap((it) => (typeof it === 'string' ? it : Object.values(it).flat()));
  const [en, ko] = [texts('en'), texts('ko')];
  expect(ko).toHaveLength(en.length);
  for (const text of ko) expect(text).toMatch(/[가-힣]/);
  for (const text of en) expect(text).toMatch(/^[\x20-\x7e…]+$/);
});

test.each([
  ['ko', [], 'ko'],
  ['ko-KR', ['en-US'], 'ko-KR'],
  ['en', ['ko-KR', 'en-GB', 'en'], 'en-GB'],
  ['en-AU', ['en-GB'], 'en-AU'],
  ['de', ['de-DE'], 'en'],
  ['', [], 'en'],
  ['kok', [], 'en'],
])('a page in "%s" for who likes %j - %s', (asked, preferred, language) => {
  expect(languageOf(asked, preferred)).toBe(language);
});

test("another day - with its day, in the reader's own zone and words", () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  const { time, away } = momentOf('2026-11-23T00:00:00Z', 'en-GB', now);
  expect(time).toMatch(/^(Sunday 22|Monday 23) November at \d\d:00 \S+$/);
  expect(away).toBe('in 3 days');
  expect(momentOf('2026-11-23T00:00:00Z', 'ko-KR', now)).toMatchObject({
    time: expect.stringContaining('11월'),
    away: '3일 후',
  });
});

test.each([
  [30_000, 'in 1 minute'],
  [14 * 60_000, 'in 14 minutes'],
  [60 * 60_000, 'in 1 hour'],
  [14.4 * 3_600_000, 'in 14 hours'],
  [1, 'in 1 minute'],
  [-1, '1 minute ago'],
  [-5 * 60_000, '5 minutes ago'],
])('%d ms away - %s', (ms, away) => {
  const now = Date.parse('2026-11-20T00:00:00Z');
  expect(momentOf(new Date(now + ms).toISOString(), 'en', now).away).toBe(away);
});
