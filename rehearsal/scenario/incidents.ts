import * as z from 'zod';
import { duration, instant } from './fields.ts';

/** What can befall a service. */
export const INCIDENTS = [
  'crash',
  'hang',
  'slow-death',
  'disk-full',
  'status-check',
  'zone',
  'flapping',
  'certificate',
  'network',
] as const;

export type IncidentKind = (typeof INCIDENTS)[number];

/** What may help against it, from the mildest to the harshest; `none`: a person, or time. */
export const CURES = ['restart', 'reboot', 'stop-start', 'redeploy', 'replace', 'none'] as const;

export type Cure = (typeof CURES)[number];

export const incident = z
  .strictObject({
    incident: z.enum(INCIDENTS).describe('what befalls the service; network: our own, which befalls none'),
    workload: z.string().optional().describe('which service; none for network'),
    at: instant.describe('when it begins'),
    cure: z.enum(CURES).optional().describe('the mildest step that helps; without it, the usual one of its kind'),
    grows: duration
      .optional()
      .describe('slow-death, disk-full: until it does not answer; certificate: until it has ended'),
    lasts: duration.optional().describe('after which it is over by itself'),
  })
  .superRefine(({ incident: kind, workload }, context) => {
    const isOurs = kind === 'network';
    if (isOurs === (workload === undefined)) return;
    const message = isOurs ? 'our own network befalls no workload: leave it out' : `${kind} befalls a workload: add it`;
    context.addIssue({ code: 'custom', path: ['workload'], message, input: workload });
  });

/** Who is told that something is down, and mends it. */
export const person = z
  .strictObject({
    repairs: z
      .union([z.literal('never'), duration])
      .default(30 * 60_000)
      .describe('how long after having been told of what is down somebody has mended it; never: nobody does'),
    approves: z
      .union([z.literal('never'), duration])
      .default('never')
      .describe('how long after having been asked by day somebody approves a step of a recovery; by night nobody does'),
    from: z.string().default('08:00').describe('when the day begins: what is told at night is mended then'),
    to: z.string().default('22:00').describe('when it ends'),
  })
  .prefault({});

export type Person = z.output<typeof person>;
