import { expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-teams/render.ts';
import { aNotice, EXECUTION } from '../../shared/builders.ts';

test('a notice - one card in a message, its lines apart, with a way to the console', () => {
  const [card] = render(aNotice({ lines: ['one', 'two'], execution: EXECUTION })).attachments;
  expect(card?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(card?.content).toMatchObject({
    type: 'AdaptiveCard',
    body: [
      { text: 'nightly failed', color: 'warning' },
      { text: 'one\n\ntwo' },
      { text: 'warning · nightly · dev · 2026-11-02T02:30:00+09:00' },
    ],
    actions: [{ type: 'Action.OpenUrl', url: expect.stringContaining(EXECUTION) }],
  });
});

test('no execution - no action', () => {
  expect(render(aNotice()).attachments[0]?.content).not.toHaveProperty('actions');
});
