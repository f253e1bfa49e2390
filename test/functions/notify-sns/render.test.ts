import { describe, expect, test } from '@jest/globals';
import { renderMail, renderSms } from '../../../functions/notify-sns/render.ts';
import { aMessage, aStage } from '../../shared/builders.ts';

const EN = aStage();
const KO = aStage({ notify: { language: 'ko' } });
const incident = { state: 'open', openedAt: Date.parse('2026-11-01T17:00:00Z'), count: 3 } as const;

describe('renderMail', () => {
  test('a notice - the title, what happened, what to do, where more is, and where from', () => {
    const links = [{ label: 'Run', url: 'https://run.test/' }];
    expect(renderMail(aMessage({ todo: ['Look.'], links }), EN).text).toBe(
      [
        ...['nightly failed', 'JobFailed\nExit code 3.', 'To do:\nLook.', 'Run: https://run.test/'],
        'warning · nightly · dev · 2026-11-02 02:30 +09:00',
      ].join('\n\n'),
    );
  });

  test.each([
    ['nightly failed', '[warning] nightly failed'],
    ['두\n줄', '[warning] nightly runs'],
    ['two\nlines\tand a tab', '[warning] two lines and a tab'],
    ['x'.repeat(200), `[warning] ${'x'.repeat(86)}...`],
    ['🔥 on fire', '[warning] nightly runs'],
    ['', '[warning] nightly runs'],
  ])('the title %j - a subject that SNS takes', (title, subject) => {
    expect(renderMail(aMessage({ title, cause: 'runs' }), EN).subject).toBe(subject);
  });

  test('an incident - the subject says how often and whether it is over', () => {
    const subject = (state: 'open' | 'resolved' | 'flapping', stage = EN, title = 'nightly failed') =>
      renderMail(aMessage({ title, cause: 'runs' }, { incident: { ...incident, state } }), stage).subject;
    expect(subject('open')).toBe('[warning] nightly failed x3');
    expect(subject('resolved')).toBe('[resolved] nightly failed');
    expect(subject('flapping', KO, '실행 실패')).toBe('[flapping] nightly runs x3');
  });

  test('a Korean title of a run - the subject names the run', () => {
    expect(renderMail(aMessage({ title: '실행 성공', run: '2026-11-02T02:00' }), KO).subject).toBe(
      '[warning] nightly 2026-11-02T02:00',
    );
  });
});

describe('renderSms', () => {
  test('a notice - how bad, what, and where', () => {
    expect(renderSms(aMessage({ severity: 'critical' }), EN)).toBe(
      'critical: nightly failed (dev)\nJobFailed\nExit code 3.',
    );
  });

  test('escalated, the third time - says so first, in letters that cost one place each', () => {
    const message = aMessage(
      { severity: 'critical', lines: [] },
      { incident, because: { id: '1', what: 'escalation' } },
    );
    expect(renderSms(message, EN)).toBe('escalated, critical: nightly failed x3 (dev)');
    expect(renderSms(message, KO)).toBe('미확인, 심각: nightly failed x3 (dev)');
  });

  test('over - the title says it', () => {
    const message = aMessage({ lines: [] }, { incident: { ...incident, state: 'resolved' } });
    expect(renderSms(message, EN)).toBe('Resolved: nightly failed (dev)');
  });

  test.each([
    ['plain letters', 'x', 140],
    ['brackets, which take two places', '[', 70],
    ['Hangul', '한', 70],
    ['emoji of two units', '🔥', 70],
  ])('%s - as many as one message holds', (_, character, units) => {
    const text = renderSms(aMessage({ title: character.repeat(200), lines: [] }), EN);
    expect(text.length).toBeLessThanOrEqual(units);
    expect(text.length).toBeGreaterThanOrEqual(units - 1);
  });
});
