#!/usr/bin/env node
/** What the script uses of the AWS CLI, on the DynamoDB at $AWS_ENDPOINT_URL_DYNAMODB; away while $AWS_AWAY exists. */
const { appendFileSync, existsSync } = require('node:fs');

const OPTIONS = {
  'table-name': 'TableName',
  key: 'Key',
  item: 'Item',
  'condition-expression': 'ConditionExpression',
  'expression-attribute-names': 'ExpressionAttributeNames',
  'expression-attribute-values': 'ExpressionAttributeValues',
};
const GLOBAL = ['output', 'cli-connect-timeout', 'cli-read-timeout', 'query'];

async function main() {
  const words = process.argv.slice(2);
  const given = {};
  const named = [];
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--consistent-read') given['consistent-read'] = true;
    else if (word.startsWith('--')) given[word.slice(2)] = words.shift();
    else named.push(word);
  }
  appendFileSync(process.env.AWS_CALLS, `${named.join(' ')}\n`);
  if (existsSync(process.env.AWS_AWAY)) fail('Could not connect to the endpoint URL', 255);
  if (named[0] === 'cloudformation') {
    if (given['stack-name'] !== 'lamplighter-dev') fail(`Stack '${given['stack-name']}' does not exist`, 254);
    return console.log('state');
  }
  const operation = named[1].replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase());
  const body = { ...(given['consistent-read'] && { ConsistentRead: true }) };
  for (const [name, value] of Object.entries(given)) {
    if (name === 'consistent-read' || GLOBAL.includes(name)) continue;
    if (!OPTIONS[name]) fail(`Unknown options: --${name}`, 252);
    body[OPTIONS[name]] = /^[{[]/.test(value) ? JSON.parse(value) : value;
  }
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20261122T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20261122/x/dynamodb/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok)
    fail(`An error occurred (${said.__type.split('#')[1]}) when calling the ${operation} operation: ${said.message}`, 254);
  const { holder, until } = said.Item ?? {};
  if (given.query) console.log(`${holder?.S ?? 'None'}\t${until?.N ?? 'None'}`);
}

function fail(text, code) {
  console.error(text);
  process.exit(code);
}

main();
