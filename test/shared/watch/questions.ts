import type { CheckOf } from '../../../shared/stage/compiled.ts';

/** Patient: other tests may have the processors. */
export function httpCheck(url: string, check: Partial<CheckOf<'http'>> = {}): CheckOf<'http'> {
  return { kind: 'http', name: 'front', url, withinSeconds: 20, certificateDays: 14, ...check };
}

export function tcpCheck(port: number, check: Partial<CheckOf<'tcp'>> = {}): CheckOf<'tcp'> {
  return { kind: 'tcp', name: 'port', host: '127.0.0.1', port, withinSeconds: 20, ...check };
}
