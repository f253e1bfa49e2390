import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RESULTS, saidBy } from '../../../shared/recovery/said.ts';

const LINE = '::recovery step=restart result=recovered seconds=7 disk=41 logs=s3://example-logs/web/1';

describe('what a recovery on a server said', () => {
  test('its last line - in parts', () => {
    expect(saidBy(`2026-11-21T18:10:54Z api is restarted by pm2\n${LINE}\n`)).toEqual({
      step: 'restart',
      result: 'recovered',
      seconds: 7,
      disk: 41,
      logs: 's3://example-logs/web/1',
    });
  });

  test('no logs, and a disk that nobody could measure - left out', () => {
    expect(saidBy('::recovery step=check result=down seconds=0 disk=unknown logs=none')).toEqual({
      step: 'check',
      result: 'down',
      seconds: 0,
    });
  });

  test.each([
    ['nothing', ''],
    ['cut off', LINE.slice(0, 40)],
    ['something after it', `${LINE}\nkilled`],
    ['a result that it does not know', LINE.replace('recovered', 'constructor')],
    ['in the midst of a line', `echo ${LINE}`],
  ])('%s - nothing is known', (_, output) => {
    expect(saidBy(output)).toBeUndefined();
  });

  test('any output before it - says no more than the line', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Object.keys(RESULTS)), (noise, result) => {
        expect(saidBy(`${noise}\n${LINE.replace('recovered', result)}`)?.result).toBe(result);
      }),
    );
  });
});
