import type { WhyCode } from '../../shared/status/answers.ts';

/** Why it is closed, in as many ways as make a difference to who waits. */
export type Cause = 'closed' | 'starting' | 'work' | 'off' | 'trouble';

export interface Words {
  /** A title, and a sentence. */
  causes: Record<Cause, readonly [string, string]>;
  opens: string;
  /** Its time has come and gone. */
  late: string;
  kept: string;
  byItself: string;
  again: string;
  looking: string;
  notYet: string;
  contact: string;
  back: string;
}

/** Codes that are not here are of what should be up. */
const CAUSES: { [code in WhyCode]?: Cause } = {
  ...{ hours: 'closed', closed: 'closed', 'between-runs': 'closed', 'off-with': 'closed', skipped: 'closed' },
  ...{ stopping: 'closed', starting: 'starting', recovering: 'starting' },
  ...{ paused: 'work', 'stage-paused': 'work', maintenance: 'work', changing: 'work' },
  ...{ stopped: 'off', emergency: 'off', 'over-budget': 'off' },
};

/** Without a code nobody has said that it should be off. */
export function causeOf(why = ''): Cause {
  return (Object.hasOwn(CAUSES, why) && CAUSES[why as WhyCode]) || 'trouble';
}

const en: Words = {
  causes: {
    closed: ['Closed for now', 'It is switched off outside its hours.'],
    starting: ['Starting', 'It will be there in a few minutes.'],
    work: ['Under maintenance', 'Somebody is at work on it.'],
    off: ['Switched off', 'It is switched off for the time being.'],
    trouble: ['Not available', 'It does not answer at the moment.'],
  },
  opens: 'Opens again',
  late: 'Should have opened',
  kept: 'What you have entered is kept. ',
  byItself: 'You need not reload: it comes back by itself.',
  again: 'Look again',
  looking: 'Looking …',
  notYet: 'Not yet.',
  contact: 'Questions:',
  back: 'It is open again.',
};

const ko: Words = {
  causes: {
    closed: ['지금은 운영 시간이 아닙니다', '운영 시간이 아닐 때에는 꺼져 있습니다.'],
    starting: ['시작하고 있습니다', '몇 분 안에 이용하실 수 있습니다.'],
    work: ['점검 중입니다', '담당자가 작업하고 있습니다.'],
    off: ['운영을 멈추었습니다', '당분간 꺼져 있습니다.'],
    trouble: ['연결할 수 없습니다', '지금은 응답하지 않습니다.'],
  },
  opens: '다시 여는 시각',
  late: '열릴 예정이었던 시각',
  kept: '입력하신 내용은 그대로 있습니다. ',
  byItself: '새로 고치지 않아도 저절로 다시 열립니다.',
  again: '다시 확인',
  looking: '확인하고 있습니다…',
  notYet: '아직 열리지 않았습니다.',
  contact: '문의:',
  back: '다시 열렸습니다.',
};

/**
 * The language that a page is written in here, for a reader's own way with dates.
 *
 * @param asked what the page says that it is in, BCP 47
 * @param preferred what the reader likes best, first
 */
export function languageOf(asked: string, preferred: readonly string[]): string {
  const base = /^ko\b/i.test(asked) ? 'ko' : 'en';
  return [asked, ...preferred].find((tag) => tag.startsWith(`${base}-`)) ?? base;
}

/** @param language as `languageOf` has it */
export function wordsIn(language: string): Words {
  return language.startsWith('ko') ? ko : en;
}
