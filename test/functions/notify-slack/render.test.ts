import { describe, expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-slack/render.ts';
import { aNotice, EXECUTION } from '../../shared/builders.ts';

const LINK = `https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/v2/executions/details/${EXECUTION}`;

describe('render', () => {
  test('a notice - a heading, what happened, and where', () => {
    expect(render(aNotice({ lines: ['one', 'two'], execution: EXECUTION }))).toEqual({
      text: '🟡 nightly failed',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '🟡 nightly failed', emoji: false } },
        { type: 'section', text: { type: 'mrkdwn', text: 'one\ntwo', verbatim: true } },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: `warning · nightly · dev · 2026-11-02T02:30:00+09:00 · <${LINK}|console>`,
              verbatim: true,
            },
          ],
        },
      ],
    });
  });

  test('a text that mentions everybody - nobody is mentioned, and the text is as it was', () => {
    const { text, blocks } = render(aNotice({ title: '<!channel>', lines: ['<@U1> & <!here>'] }));
    expect(text).toBe('🟡 &lt;!channel&gt;');
    expect(blocks[1]).toMatchObject({ text: { text: '&lt;@U1&gt; &amp; &lt;!here&gt;' } });
  });

  test('no lines - no section, since Slack refuses an empty one', () => {
    expect(render(aNotice({ lines: [] })).blocks.map(({ type }) => type)).toEqual(['header', 'context']);
  });
});
