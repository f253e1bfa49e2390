import { describe, expect, test } from '@jest/globals';
import { numbersIn, numbersOf } from '../../../shared/pipeline/numbers.ts';

describe('numbersIn', () => {
  test.each([
    ['one in a line', '::metric collected=2712\n', { collected: 2712 }],
    [
      'several in a line',
      '::metric collected=2712 share=99.5 drift=-1.5e-3',
      { collected: 2712, share: 99.5, drift: -0.0015 },
    ],
    ['among other lines', 'KOSPI 1\r\n  ::metric kospi=950\r\ndone\n', { kospi: 950 }],
    ['said twice - the later', '::metric n=1\n::metric n=2', { n: 2 }],
    [
      'a last line of JSON',
      'log\n{"collected": 2712, "source": "krx", "ok": true, "empty": null}\n\n',
      { collected: 2712 },
    ],
    ['JSON with metrics', '{"status": "ok", "metrics": {"collected": 3}}', { collected: 3 }],
    ['both - what is said in so many words', '::metric n=1\n{"n": 2, "m": 3}', { n: 1, m: 3 }],
    ['JSON that is not last', '{"n": 1}\ndone', {}],
    ['no JSON after all', '{"n": ', {}],
    ['no number', '::metric n=many m=12px k= =4 2n=5 x=NaN y=Infinity z=0x10', {}],
    ['not at the beginning', 'see ::metric n=1', {}],
    ['nothing', '', {}],
  ])('%s', (_, output, numbers) => {
    expect(numbersIn(output)).toEqual(numbers);
  });
});

describe('numbersOf', () => {
  test.each([
    ['an object', { n: 1, text: '2', deep: { m: 3 }, metrics: { k: 4, no: 'x' } }, { n: 1, k: 4 }],
    ['a text', '::metric n=1', { n: 1 }],
    ['a list', [1, 2], {}],
    ['null', null, {}],
    ['metrics that are a list', { metrics: [1] }, {}],
  ])('%s', (_, answer, numbers) => {
    expect(numbersOf(answer)).toEqual(numbers);
  });
});
