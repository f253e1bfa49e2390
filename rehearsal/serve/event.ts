import type { IncomingMessage } from 'node:http';

/**
 * A request as API Gateway would hand it on.
 *
 * @source API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs": payload format 2.0
 */
export function eventOf({ url = '/', method = 'GET', headers: { cookie, ...headers } }: IncomingMessage) {
  const { pathname, search, searchParams } = new URL(url, 'http://127.0.0.1');
  return {
    ...{ version: '2.0', routeKey: '$default', rawPath: pathname, rawQueryString: search.slice(1) },
    ...(cookie && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    queryStringParameters: Object.fromEntries(searchParams),
    requestContext: { http: { method, path: pathname } },
    isBase64Encoded: false,
  };
}
