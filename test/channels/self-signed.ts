import { generateKeyPairSync, sign } from 'node:crypto';

/**
 * A certificate that nobody has vouched for, made anew each time: X.509 version 1, in DER, as short as it can be.
 *
 * @param to when it ends, `491231235959Z`
 */
export function selfSigned({ commonName = '127.0.0.1', to = '491231235959Z' } = {}): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ed25519 = der(0x30, der(0x06, [0x2b, 0x65, 0x70]));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from(commonName)))));
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from(to)));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, der(0x02, [1]), ed25519, name, validity, name, spki);
  const cert = der(0x30, body, ed25519, der(0x03, [0], sign(null, body, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: Iterable<number>[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from([...part])));
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
