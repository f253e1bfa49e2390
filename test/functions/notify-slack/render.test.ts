import { describe, expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-slack/render.ts';
import { aMessage, aStage, EXECUTION } from '../../shared/builders.ts';

const LINK = `https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/v2/executions/details/${EXECUTION}`;
const STAGE = aStage();
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });

describe('render', () => {
  test('a notice - a heading, what happened, what to do, where more is, and where from', () => {
    expect(render(aMessage({ lines: ['one', 'two'], todo: ['three'], execution: EXECUTION }), STAGE)).toEqual({
      text: '🟡 nightly failed',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '🟡 nightly failed', emoji: false } },
        { type: 'section', text: mrkdwn(`one\ntwo\n\n*To do*\nthree\n\n<${LINK}|Run>`) },
        { type: 'context', elements: [mrkdwn('warning · nightly · dev · 2026-11-02 02:30 +09:00')] },
      ],
    });
  });

  test('a text that mentions everybody - nobody is mentioned, and the text is as it was', () => {
    const { text, blocks } = render(aMessage({ title: '<!channel>', lines: ['<@U1> & <!here>'] }), STAGE);
    expect(text).toBe('🟡 &lt;!channel&gt;');
    expect(blocks[1]).toMatchObject({ text: { text: '&lt;@U1&gt; &amp; &lt;!here&gt;' } });
  });

  test('a link that would be a mention - its label is text, and its address cannot end it', () => {
    const links = [{ label: 'x|y> <!channel>', url: 'https://a.test/?a=1&b=<!here>|c' }];
    expect(render(aMessage({ lines: ['x'], links }), STAGE).blocks[1]).toMatchObject({
      text: { text: 'x\n\n<https://a.test/?a=1&amp;b=%3C!here%3E%7Cc|x y   !channel>' },
    });
  });

  test('no lines - no section, since Slack refuses an empty one', () => {
    expect(render(aMessage({ lines: [] }), STAGE).blocks.map(({ type }) => type)).toEqual(['header', 'context']);
  });
});
