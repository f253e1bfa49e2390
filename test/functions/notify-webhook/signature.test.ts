import { expect, test } from '@jest/globals';
import { signature } from '../../../functions/notify-webhook/signature.ts';

test('a body, a key and a time - what openssl makes of them too', () => {
  // printf '1793552400.{"a":1}' | openssl dgst -sha256 -hmac key
  expect(signature('{"a":1}', 'key', 1_793_552_400_999)).toBe(
    't=1793552400,v1=d21c600311dc9e5cafde1de109b4e7de80b846cf6c21a9b8c47f5137bf31cb12',
  );
});
