import * as z from 'zod/mini';
import type { QueueSource } from '../stage/compiled.ts';

const redis = z.object({
  host: z.string(),
  port: z.number(),
  db: z.number(),
  username: z.optional(z.string()),
  password: z.optional(z.string()),
  tls: z.boolean(),
  ca: z.optional(z.string()),
});

const jobs = { name: z.string(), prefix: z.string(), redis };

/** The source of a queue with the values of its secrets: only in memory, and in what one function is asked by another. */
export const resolvedSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bull'), ...jobs }),
  z.object({ kind: z.literal('bullmq'), ...jobs }),
  z.object({ kind: z.literal('sqs'), url: z.string(), deadLetters: z.optional(z.string()) }),
  z.object({
    kind: z.literal('http'),
    url: z.string(),
    header: z.optional(z.object({ name: z.string(), value: z.string() })),
  }),
]);

export type ResolvedSource = z.output<typeof resolvedSource>;

export type SourceOf<Kind extends ResolvedSource['kind']> = Extract<ResolvedSource, { kind: Kind }>;

/** Where jobs are in Redis, whichever library put them there. */
export type RedisSource = SourceOf<'bull' | 'bullmq'>;

type Secret = (reference: string) => Promise<string>;

/** Puts values where the stage file has references. @throws what `secret` throws */
export async function resolveSource(source: QueueSource, secret: Secret): Promise<ResolvedSource> {
  const value = async (text: string) => (text.startsWith('ssm:') ? secret(text) : text);
  if (source.kind === 'sqs') return source;
  if (source.kind === 'http') {
    const { header, ...rest } = source;
    return { ...rest, ...(header && { header: { ...header, value: await value(header.value) } }) };
  }
  const { username, password, ca, ...where } = source.redis;
  return {
    ...source,
    redis: {
      ...where,
      ...(username !== undefined && { username: await value(username) }),
      ...(password !== undefined && { password: await value(password) }),
      ...(ca !== undefined && { ca: await value(ca) }),
    },
  };
}
