import type { Notice } from '../../shared/notices.ts';
import { consoleLink, cut } from '../../shared/texts.ts';

const COLOURS = { info: 'accent', success: 'good', warning: 'warning', critical: 'attention' };

/**
 * The whole message in bytes: 28 kB. Teams may count it as UTF-16, so the greater of both counts is kept within it.
 *
 * @source https://learn.microsoft.com/en-us/connectors/teams/, known issues and limitations
 */
const MESSAGE = 28_000;
const TITLE = 256;

/** A notice as an Adaptive Card in a message, the form that a workflow's webhook takes. */
export function render(notice: Notice) {
  const link = consoleLink(notice);
  // In a card one line break is a space.
  const text = notice.lines.join('\n\n');
  const room = MESSAGE - size(JSON.stringify(message(notice, '', link)));
  return message(notice, cut(text, room, link ? `…\n\n[The whole](${link})` : '…', sizeInJson), link);
}

function message({ title, severity, workload, stage, at }: Notice, text: string, link: string | undefined) {
  const where = `${severity} · ${workload} · ${stage} · ${at}`;
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
            { type: 'TextBlock', text: cut(title, TITLE), weight: 'bolder', color: COLOURS[severity], wrap: true },
            { type: 'TextBlock', text, wrap: true },
            { type: 'TextBlock', text: cut(where, TITLE), isSubtle: true, size: 'small', wrap: true },
          ],
          ...(link && { actions: [{ type: 'Action.OpenUrl', title: 'Console', url: link }] }),
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
