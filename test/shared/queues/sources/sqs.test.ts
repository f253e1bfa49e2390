import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { readAll } from '../../../../shared/queues/read.ts';
import type { Mark } from '../../../../shared/queues/reading.ts';
import { answer, bodyOf, listen, pretendAws } from '../../http.ts';

interface Asked {
  QueueUrl: string;
  AttributeNames: string[];
}

const NOW = Date.parse('2026-11-02T00:01:00Z');
const asked: Asked[] = [];
let says: (asked: Asked) => { status?: number; body: object } = () => ({ body: {} });

const aws = await listen(async (request, response) => {
  const question = JSON.parse(await bodyOf(request)) as Asked;
  asked.push(question);
  const { status = 200, body } = says(question);
  answer(response, status, JSON.stringify(body), 'application/x-amz-json-1.0');
});
pretendAws({ SQS: aws.url });
const [jobs, dead] = [`${aws.url}/123456789012/jobs`, `${aws.url}/123456789012/jobs-failed`];
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => aws.close());

const counts = (visible: number, inFlight: number, delayed: number) => ({
  Attributes: {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  },
});

async function look(deadLetters?: string, mark?: Mark) {
  const source = { kind: 'sqs' as const, url: jobs, ...(deadLetters && { deadLetters }) };
  const outcomes = await readAll([{ name: 'jobs', source, ...(mark && { mark }) }], NOW);
  return outcomes['jobs'];
}

test('a queue - is counted, and what SQS does not tell is not there', async () => {
  says = () => ({ body: counts(12, 3, 4) });
  expect(await look()).toEqual({
    reading: { at: NOW, waiting: 12, active: 3, delayed: 4, due: 0 },
    mark: { at: NOW, inside: 19 },
  });
  expect(asked).toEqual([{ QueueUrl: jobs, AttributeNames: expect.arrayContaining(['ApproximateNumberOfMessages']) }]);
});

test('its dead letters - are what failed, and their growth the failures', async () => {
  says = ({ QueueUrl }) => ({ body: QueueUrl === dead ? counts(5, 1, 0) : counts(12, 3, 4) });
  expect(await look(dead, { at: NOW - 120_000, inside: 30, failed: 2 })).toEqual({
    reading: { at: NOW, waiting: 12, active: 3, delayed: 4, due: 0, failed: 6, failures: 2 },
    mark: { at: NOW, inside: 19, failed: 6 },
  });
});

test.each([
  [
    'there is no such queue',
    { status: 400, body: { __type: 'com.amazonaws.sqs#QueueDoesNotExist' } },
    'there is no such queue',
  ],
  [
    'it may not be read',
    { status: 400, body: { __type: 'com.amazon.coral.service#AccessDeniedException', message: 'User: x' } },
    'its policy or ours does not let us look: AccessDeniedException',
  ],
  [
    'a number is missing',
    { body: { Attributes: { ApproximateNumberOfMessages: '1' } } },
    'it answers with the error Error',
  ],
])('%s - unreadable, and no zero', async (_, said, unreadable) => {
  says = () => said;
  expect(await look()).toEqual({ unreadable });
});

test('its dead letters may not be read - unreadable: failures would be hidden', async () => {
  const refusal = { status: 400, body: { __type: 'com.amazon.coral.service#AccessDeniedException' } };
  says = ({ QueueUrl }) => (QueueUrl === dead ? refusal : { body: counts(1, 0, 0) });
  expect(await look(dead)).toEqual({ unreadable: expect.stringContaining('does not let us look') });
});
