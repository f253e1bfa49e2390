import * as z from 'zod';
import { expects, money, oneLine } from './fields.ts';

/** Limits of the spending, as people write them in the stage file. */

const aBill = expects(
  'account, or a block such as { tag: { key: project, value: makenaide } }',
  'write account for the whole bill, or the cost allocation tag of what this stage operates',
);
const someMail = expects('one or more e-mail addresses', 'write a list such as [ops@example.com]');

const tag = z
  .strictObject({
    key: oneLine.describe('The key of the tag, such as project.'),
    value: oneLine.describe('Its value, such as makenaide.'),
  })
  .describe('A cost allocation tag, activated in the billing console.');

export const budget = z
  .strictObject({
    daily: money
      .optional()
      .describe(
        'US dollars a day; over it people are told, and nothing new starts until midnight or a person resumes.',
      ),
    emergency: money
      .optional()
      .describe('US dollars a day; over it everything that this stage names is stopped, and stays off until resumed.'),
    bill: z
      .union([z.literal('account', aBill), z.strictObject({ tag })], aBill)
      .optional()
      .describe(
        'Hold the estimates against the bill, asked of Cost Explorer once a day for $0.01: of the whole account, or of ' +
          'a cost allocation tag.',
      ),
    backstop: z
      .strictObject({
        daily: money.describe('US dollars a day on the bill, at least the emergency limit.'),
        to: z.array(z.email(someMail), someMail).min(1, someMail).max(10, someMail).describe('Whom AWS writes to.'),
      })
      .optional()
      .describe(
        'An AWS Budget on the bill of the account (or of the tag of bill) that stops the instances of this stage with ' +
          'none of its code: AWS looks at the bill a few times a day.',
      ),
  })
  .default({})
  .meta({ title: 'Budget', description: 'Limits of the spending, in US dollars a day.' });

export const ownBudget = z
  .strictObject({
    daily: money.describe('US dollars a day; over it nothing of this workload starts until midnight or resumed.'),
  })
  .optional()
  .describe('A limit of its own, besides that of the stage.');
