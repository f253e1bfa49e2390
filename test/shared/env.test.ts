import { afterEach, describe, expect, test } from '@jest/globals';
import { env } from '../../shared/env.ts';

afterEach(() => {
  delete process.env['LAMPLIGHTER_TEST'];
  delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
});

describe('env', () => {
  test('it is set - its value, as it is', () => {
    process.env['LAMPLIGHTER_TEST'] = ' value ';
    expect(env('LAMPLIGHTER_TEST')).toBe(' value ');
  });

  test.each([undefined, ''])(
    'it is %p - ConfigurationMissing naming the function, the variable and the place',
    (value) => {
      if (value !== undefined) process.env['LAMPLIGHTER_TEST'] = value;
      process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'lamplighter-dev-admitRun';
      expect(() => env('LAMPLIGHTER_TEST')).toThrow(
        expect.objectContaining({
          name: 'ConfigurationMissing',
          message: expect.stringMatching(/^lamplighter-dev-admitRun needs .* LAMPLIGHTER_TEST: .*function\.yml/),
        }),
      );
    },
  );

  test('set after it was missing - read anew', () => {
    expect(() => env('LAMPLIGHTER_TEST')).toThrow();
    process.env['LAMPLIGHTER_TEST'] = 'now';
    expect(env('LAMPLIGHTER_TEST')).toBe('now');
  });
});
