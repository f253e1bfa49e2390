import * as z from 'zod';
import { duration, expects, httpStatus, oneLine } from './fields.ts';

/** How a service is looked at from outside. */

const anAddress = expects('an address such as https://www.example.com/health', (found) =>
  /^[\w.-]+:\d+$/.test(String(found)) ? 'write tcp: host:port for a port' : 'begin it with https:// or http://',
);
const aPort = expects(
  'a host and a port such as db.example.com:5432',
  'write the name or the address, a colon and the port; without tcp://',
);
const aPeriod = expects('days such as 14d', 'write a whole number of days and d');
const aName = expects(
  'a name such as api',
  'use small letters, digits and single hyphens, begin with a letter, 24 characters at most',
);

const name = z
  .string(aName)
  .max(24, aName)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, aName)
  .optional()
  .describe('What people call it; its address, port or heartbeat when left out.');
const within = duration.default('5s').describe('How long it may take in all, such as 5s, at most 20s.');

const http = z
  .strictObject({
    name,
    url: z
      .url({ protocol: /^https?$/, ...anAddress })
      .describe('The address that is asked with GET; redirections are followed, five at most.'),
    status: httpStatus.optional().describe('The status that is right; any from 200 to 299 when left out.'),
    contains: oneLine
      .min(1, expects('a part of the answer', 'leave the line out when any answer will do'))
      .optional()
      .describe('A text that the first 256 kB of the answer have to contain.'),
    within,
    certificate: z
      .string(aPeriod)
      .regex(/^[1-9]\d{0,2}d$/, aPeriod)
      .default('14d')
      .describe('How long before the certificate ends people are warned, such as 14d.'),
  })
  .meta({ title: 'HTTP check', description: 'Asks an address and looks at status, body, time and certificate.' });

const tcp = z
  .strictObject({
    name,
    tcp: z
      .string(aPort)
      .regex(/^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):[1-9]\d{0,4}$/, aPort)
      .describe('A host and a port that take a connection, such as db.example.com:5432.'),
    within,
  })
  .meta({ title: 'TCP check', description: 'Connects to a port.' });

const heartbeat = z
  .strictObject({
    name,
    heartbeat: duration.describe('How long the server may be silent, such as 5m, at least 2m.'),
  })
  .meta({ title: 'Heartbeat check', description: 'Waits for signs of life that the server sends to recordHeartbeat.' });

const aCheck = expects(
  'a check such as { url: https://www.example.com/health }, { tcp: db.example.com:5432 } or { heartbeat: 5m }',
  'write one of url, tcp and heartbeat',
);
export const check = z.union([http, tcp, heartbeat], aCheck);

export type Check = z.output<typeof check>;

const someChecks = expects('a list of checks', 'write one "- { url: https://… }" a line');
export const checks = z
  .array(check, someChecks)
  .min(1, expects('at least one check', 'write a list such as [{ url: https://www.example.com/health }]'))
  .describe('How it is looked at, every minute: addresses, ports, heartbeats.');
