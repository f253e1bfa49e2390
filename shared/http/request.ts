import * as z from 'zod/mini';

/**
 * A request as API Gateway hands it on.
 *
 * @source API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs": payload format 2.0; names of
 * headers are small, cookies are apart
 */
export const request = z.object({
  rawPath: z.string(),
  queryStringParameters: z._default(z.record(z.string(), z.string()), {}),
  headers: z._default(z.record(z.string(), z.string()), {}),
  cookies: z._default(z.array(z.string()), []),
});

export type Request = z.output<typeof request>;

export const response = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  cookies: z.optional(z.array(z.string())),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

export type Response = z.output<typeof response>;
