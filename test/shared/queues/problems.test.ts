import { describe, expect, test } from '@jest/globals';
import { because, PROBLEMS, type Problem, problemOf, readProblem } from '../../../shared/queues/problems.ts';

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('problemOf', () => {
  test.each([
    [new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'its user or password is refused'],
    [new Error('ERR invalid password'), 'its user or password is refused'],
    [new Error('NOAUTH Authentication required.'), 'it wants a password and was given none'],
    [new Error('LOADING Redis is loading the dataset in memory'), 'it is loading its data'],
    [new Error("ERR unknown command 'AUTH', with args beginning with: 'hunter2'"), 'it answers with the error ERR'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'refuses connections'],
    [Object.assign(new Error('x'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'it does not speak TLS'],
    [named('QueueDoesNotExist'), 'there is no such queue'],
    [named('AWS.SimpleQueueService.NonExistentQueue'), 'there is no such queue'],
    [named('AccessDenied', 'User: arn:… is not authorized'), 'its policy or ours does not let us look: AccessDenied'],
    [named('TypeError', 'x is undefined'), 'it answers with the error TypeError'],
    ['hunter2', 'it answers with the error Error'],
  ])('%s - in words of ours, without what the other side said', (error, problem) => {
    expect(problemOf(error)).toBe(problem);
  });

  test('a transaction that was given up - by what its first command met', () => {
    const discarded = new Error('EXECABORT Transaction discarded because of previous errors.');
    const previousErrors = [new Error('NOPERM this user has no permissions'), new Error('WRONGTYPE')];
    expect(problemOf(Object.assign(discarded, { previousErrors }))).toBe('its user may not do that: NOPERM');
  });
});

test('a transaction whose connection failed - by that, though it is its own cause', () => {
  const error = Object.assign(new Error('Connection is closed.'), { previousErrors: [] as unknown[] });
  error.previousErrors.push(error);
  expect(problemOf(error)).toBe('it ended the connection');
});

test.each(Object.keys(PROBLEMS) as Problem[])('%s recorded - is read back', (problem) => {
  const values = PROBLEMS[problem].includes('{}') ? ['NOPERM'] : [];
  expect(readProblem(because(problem, ...values))).toEqual({ reason: problem, values });
});
