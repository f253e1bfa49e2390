import { expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-teams/render.ts';
import { aMessage, aStage, EXECUTION } from '../../shared/builders.ts';

const STAGE = aStage();

test('a notice - one card in a message, its lines apart, with buttons to where more is', () => {
  const links = [
    { label: 'Run', url: `https://a.test/${EXECUTION}` },
    { label: 'Log', url: 'https://b.test/' },
  ];
  const [card] = render(aMessage({ lines: ['one', 'two'], did: ['three'], links }), STAGE).attachments;
  expect(card?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(card?.content).toMatchObject({
    type: 'AdaptiveCard',
    body: [
      { text: 'nightly failed', color: 'warning' },
      { text: 'one\n\ntwo\n\n**Done**\n\nthree' },
      { text: 'warning · nightly · dev · 2026-11-02 02:30 +09:00' },
    ],
    actions: [
      { type: 'Action.OpenUrl', title: 'Run', url: expect.stringContaining(EXECUTION) },
      { type: 'Action.OpenUrl', title: 'Log' },
    ],
  });
});

test('nowhere to look - no action', () => {
  expect(render(aMessage(), STAGE).attachments[0]?.content).not.toHaveProperty('actions');
});
