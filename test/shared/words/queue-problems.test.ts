import { expect, test } from '@jest/globals';
import { because, PROBLEMS, type Problem } from '../../../shared/queues/problems.ts';
import { tellProblem } from '../../../shared/words/queue-problems.ts';
import { aStage } from '../builders.ts';

const english = aStage();
const korean = aStage({ notify: { language: 'ko' } });

test.each(Object.keys(PROBLEMS) as Problem[])('%s - is told in both languages, with its value', (problem) => {
  const values = PROBLEMS[problem].includes('{}') ? ['NOPERM'] : [];
  const recorded = because(problem, ...values);
  expect(tellProblem(recorded, english)).toBe(recorded);
  const told = tellProblem(recorded, korean);
  expect(told).toMatch(/[가-힣]/);
  expect(told.includes('NOPERM')).toBe(values.length > 0);
});

test('what any server may do - is told in the words of all', () => {
  expect(tellProblem(because('refuses'), english)).toBe('refuses connections');
  expect(tellProblem(because('noAnswerWithin', 5), korean)).toBe('5초 안에 응답하지 않습니다');
});

test('what somebody else said - as it is', () => {
  expect(tellProblem('the Lambda function was throttled', korean)).toBe('the Lambda function was throttled');
});
