import * as z from 'zod';
import { expects, oneLine, secret } from './fields.ts';

/** The status page, as people write it in the stage file. */

const anAccess = expects(
  'public, iam or { token: ssm:/lamplighter/dev/status }',
  'write public for everybody, iam for signed requests alone, or the reference of a token that people are given',
);
const anOrigin = expects('an origin such as https://app.example.com', (found) => {
  const origin = originOf(found);
  return origin ? `write ${origin}` : 'write the scheme and the host of a front end, and its port where it has one';
});
const someOrigins = expects('a list of origins such as [https://app.example.com]', 'write a list, even for one');
const aTitle = expects('a title of at most 200 characters', 'write one short line');
const someNames = expects('a list of workloads such as [chat-app]', 'write a list, even for one');
const aChoice = expects('true or false', 'write it without quotes');

export const status = z
  .strictObject({
    access: z
      .union(
        [
          z.enum(['public', 'iam'], anAccess),
          z.strictObject({ token: secret.describe('Where the token is, such as ssm:/lamplighter/dev/status.') }),
        ],
        anAccess,
      )
      .describe(
        'Who may see it: public is everybody, without names, reasons, ids and addresses; iam is whoever may invoke the ' +
          'API by AWS credentials; a token is for whoever knows it.',
      ),
    origins: z
      .array(
        z.string(anOrigin).refine((found) => originOf(found) === found, anOrigin),
        someOrigins,
      )
      .default([])
      .describe('The front ends whose pages may read status.json, as a browser names them.'),
    title: oneLine
      .refine((found) => [...found].length <= 200, aTitle)
      .optional()
      .describe('What the page is called; the name of the stage without it.'),
    show: z
      .array(z.string(someNames), someNames)
      .min(1, someNames)
      .optional()
      .describe('The workloads that are shown; all of them without it.'),
    spending: z.boolean(aChoice).default(true).describe('Whether the page shows what things cost.'),
  })
  .optional()
  .meta({
    title: 'Status page',
    description: 'A page and a status.json that say what is on, why not, and from when. Nothing of it without this.',
  });

/** As a browser would say it in a request. */
function originOf(found: unknown): string | undefined {
  if (!URL.canParse(String(found))) return undefined;
  const { protocol, origin } = new URL(String(found));
  return /^https?:$/.test(protocol) ? origin : undefined;
}
