import * as z from 'zod';
import type { Right } from './compiled.ts';
import { didYouMean } from './faults.ts';
import { expects, secret } from './fields.ts';

/** Who may do what from Discord, as people write it in the stage file. */

/** What a role may be allowed; all but the last two are commands, those are buttons on notices. */
export const RIGHTS: Right[] = [
  ...(['status', 'runs', 'start', 'stop', 'extend', 'skip', 'pause', 'resume'] as const),
  ...(['approve', 'acknowledge'] as const),
];

const anId = expects('an id of Discord such as "1122334455667788990", in quotes', (found) =>
  // YAML rounds what has so many digits.
  typeof found === 'number'
    ? 'put the digits in quotes'
    : 'switch on the developer mode of Discord, and copy the id from the menu of the thing',
);
const id = z.string(anId).regex(/^\d{17,20}$/, anId);

const aKey = expects(
  'the public key of the application, 64 hexadecimal digits in quotes',
  'copy it from General Information of the application in the developer portal of Discord; it is no secret',
);

const rights = expects('all, or a list such as [status, runs]', 'write what the role may do, or leave it out');
const aRight = expects(`one of ${RIGHTS.join(', ')}`, (found) =>
  didYouMean(String(found), RIGHTS, 'write one of these'),
);

export const commands = z
  .strictObject({
    application: id.describe('The id of the application in the developer portal of Discord, in quotes.'),
    publicKey: z
      .string(aKey)
      .regex(/^[0-9a-f]{64}$/i, aKey)
      .describe('The public key of the application, which everything that comes from Discord is checked with.'),
    guild: id.describe('The id of the server of Discord, in quotes; what comes from another one is refused.'),
    bot: secret
      .optional()
      .describe("A reference to the SecureString with the bot's token, ssm:/…; only sls ops discord reads it."),
    roles: z
      .record(
        z.string().regex(/^\d{17,20}$/, anId),
        z.literal('all').or(z.array(z.enum(RIGHTS, aRight), rights).min(1, rights)),
        expects('a block with a line for each role', 'write "1122334455667788990": [status, runs]'),
      )
      .refine(
        (roles) => Object.keys(roles).length > 0,
        expects('at least one role', 'write the id of a role and what it may do; the id of the server is everybody'),
      )
      .describe('What each role may do, by its id: all, or a list. The id of the server itself stands for everybody.'),
  })
  .optional()
  .meta({ title: 'Commands', description: 'Commands and buttons of Discord: who may give them.' });
