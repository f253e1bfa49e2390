import type { RedisSource } from '../../shared/queues/source.ts';

type Where = Partial<RedisSource['redis']>;

/** Where the jobs of a queue are on a Redis of this machine. */
export function aSource(
  kind: RedisSource['kind'],
  name: string,
  { prefix = 'bull', ...where }: Where & { prefix?: string },
): RedisSource {
  const redis = { host: '127.0.0.1', port: 6379, db: 0, tls: false, ...where };
  return kind === 'bull' ? { kind, name, prefix, redis } : { kind, name, prefix, redis };
}
