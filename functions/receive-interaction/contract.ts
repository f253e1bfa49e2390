import * as z from 'zod/mini';

/**
 * A request as an HTTP API hands it over, payload version 2.0: the names of headers are in small letters.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const input = z.object({
  headers: z._default(z.record(z.string(), z.string()), {}),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

export type Output = z.output<typeof output>;

const user = z.object({ id: z.string(), username: z.string() });

/**
 * What somebody did in Discord; a ping has nothing but its type.
 *
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
export const interaction = z.object({
  ...{ type: z.number(), id: z.string() },
  application_id: z.string(),
  token: z.string(),
  guild_id: z.optional(z.string()),
  member: z.optional(z.object({ user, roles: z.array(z.string()) })),
  data: z.optional(
    z.object({
      name: z.optional(z.string()),
      custom_id: z.optional(z.string()),
      options: z.optional(
        z.array(
          z.object({
            name: z.string(),
            value: z.optional(z.union([z.string(), z.number(), z.boolean()])),
            focused: z.optional(z.boolean()),
          }),
        ),
      ),
    }),
  ),
});

export type Interaction = z.output<typeof interaction>;

/** The types that there are for us. */
export const TYPE = { ping: 1, command: 2, component: 3, autocomplete: 4 } as const;
