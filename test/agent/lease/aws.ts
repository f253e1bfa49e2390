import { chmodSync, writeFileSync } from 'node:fs';
import { bodyOf, listen } from '../../shared/http.ts';

/** Options of the CLI by the fields of DynamoDB's requests. */
const FIELDS: Record<string, string> = {
  '--table-name': 'TableName',
  '--key': 'Key',
  '--item': 'Item',
  '--condition-expression': 'ConditionExpression',
  '--expression-attribute-names': 'ExpressionAttributeNames',
  '--expression-attribute-values': 'ExpressionAttributeValues',
};
const OTHERS = [
  '--output',
  '--cli-connect-timeout',
  '--cli-read-timeout',
  '--query',
  '--stack-name',
  '--logical-resource-id',
];
const SIGNED = 'AWS4-HMAC-SHA256 Credential=a/20261122/x/dynamodb/aws4_request, SignedHeaders=host, Signature=x';

/**
 * What the script uses of the AWS CLI, on the DynamoDB at `database`. A process of Node for each call would cost more than
 * all the rest, so `aws` hands its arguments to the tests.
 *
 * @param program where `aws` is to be
 */
export async function startCli(program: string, database: string) {
  const calls: Record<string, string[]> = {};
  const away = new Set<string>();
  const { url, close } = await listen(async (request, response) => {
    const who = request.url?.slice(1) ?? '';
    const words = (await bodyOf(request)).split('\0').slice(0, -1);
    const operation = words.find((word) => /^(cloudformation|[a-z]+-[a-z]+)$/.test(word)) ?? '';
    calls[who] = [...(calls[who] ?? []), operation];
    const { code, text } = away.has(who)
      ? failed('Could not connect to the endpoint URL', 255)
      : await done(words, database);
    response.end(`${code}\n${text}`);
  });
  writeFileSync(
    program,
    `#!/bin/sh
answer=$(printf '%s\\0' "$@" | curl -s --data-binary @- "${url}/$WHO") || exit 255
text=\${answer#*
}
[ "\${answer%%
*}" = 0 ] || { echo "$text" >&2; exit "\${answer%%
*}"; }
[ -z "$text" ] || echo "$text"
`,
  );
  chmodSync(program, 0o755);
  return { calls: (who: string) => calls[who] ?? [], leave: (who: string) => void away.add(who), close };
}

async function done(words: string[], database: string): Promise<{ code: number; text: string }> {
  const given: Record<string, unknown> = {};
  const named: string[] = [];
  const body: Record<string, unknown> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const field = FIELDS[word];
    if (word === '--consistent-read') body['ConsistentRead'] = true;
    else if (field) {
      const value = words.shift() ?? '';
      body[field] = /^[{[]/.test(value) ? JSON.parse(value) : value;
    } else if (OTHERS.includes(word)) given[word] = words.shift();
    else if (word.startsWith('-')) return failed(`Unknown options: ${word}`, 252);
    else named.push(word);
  }
  if (named[0] === 'cloudformation')
    return given['--stack-name'] === 'lamplighter-dev'
      ? { code: 0, text: 'state' }
      : failed('Stack does not exist', 254);
  const operation = (named[1] ?? '').replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  const answer = await fetch(database, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20261122T000000Z',
      authorization: SIGNED,
    },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as {
    __type?: string;
    message?: string;
    Item?: Record<string, Record<string, string>>;
  };
  if (!answer.ok)
    return failed(
      `An error occurred (${said.__type?.split('#')[1]}) when calling the ${operation} operation: ${said.message}`,
      254,
    );
  const { holder, until } = said.Item ?? {};
  return { code: 0, text: given['--query'] ? `${holder?.['S'] ?? 'None'}\t${until?.['N'] ?? 'None'}` : '' };
}

function failed(text: string, code: number): { code: number; text: string } {
  return { code, text };
}
