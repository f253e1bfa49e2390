import type { Message } from '../../shared/messages/message.ts';
import { PLAIN, textOf } from '../../shared/messages/text.ts';
import { cut } from '../../shared/messages/texts.ts';
import { type View, view } from '../../shared/messages/view.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

const COLOURS = { info: 'accent', success: 'good', warning: 'warning', critical: 'attention', flapping: 'default' };

/**
 * The whole message in bytes: 28 kB. Teams may count it as UTF-16, so the greater of both counts is kept within it.
 *
 * @source https://learn.microsoft.com/en-us/connectors/teams/, known issues and limitations
 */
const MESSAGE = 28_000;
const TITLE = 256;

const MARKDOWN = {
  ...PLAIN,
  strong: (text: string) => `**${text}**`,
  heading: (text: string) => `**${text}**`,
  link: ({ label, url }: { label: string; url: string }) => `[${label}](${url})`,
  // In a card one line break is a space. Its links are buttons.
  newline: '\n\n',
  size: sizeInJson,
  length: sizeInJson,
};

/** A message as an Adaptive Card, the form that a workflow's webhook takes. */
export function render(message: Message, stage: CompiledStage) {
  const seen = view(message, stage);
  const room = MESSAGE - size(JSON.stringify(card(seen, '')));
  return card(seen, textOf(seen, MARKDOWN, room));
}

function card({ title, tone, where, time, links }: View, text: string) {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', text: cut(title, TITLE), weight: 'bolder', color: COLOURS[tone], wrap: true },
            { type: 'TextBlock', text, wrap: true },
            { type: 'TextBlock', text: cut(`${where} · ${time}`, TITLE), isSubtle: true, size: 'small', wrap: true },
          ],
          ...(links.length > 0 && {
            actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
          }),
        },
      },
    ],
  };
}

function size(text: string): number {
  return Math.max(Buffer.byteLength(text), 2 * text.length);
}

function sizeInJson(text: string): number {
  return size(JSON.stringify(text).slice(1, -1));
}
