import type { Ssm } from '../rehearsal/aws/ssm.ts';
import { type ResolvedSource, resolvedSource } from '../shared/queues/source.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';

/** What an event brings to read queues with is right: the queues of the world know the same passwords. */
export function believe({ queues }: CompiledStage, { parameters }: Ssm, event: unknown): void {
  const { queues: asked = [], source } = (event ?? {}) as { queues?: { source?: unknown }[]; source?: unknown };
  for (const candidate of [source, ...asked.map((one) => one.source)]) {
    const { data: resolved } = resolvedSource.safeParse(candidate);
    if (!resolved) continue;
    for (const { source: known } of Object.values(queues))
      for (const [reference, value] of secretsOf(known, resolved))
        if (reference?.startsWith('ssm:') && value !== undefined) parameters.set(reference.replace('ssm:', ''), value);
  }
}

/** References of a queue of the stage, with what an event has in their place, where it is of that queue. */
function secretsOf(
  known: CompiledStage['queues'][string]['source'],
  resolved: ResolvedSource,
): [reference: string | undefined, value: string | undefined][] {
  if ('redis' in known && 'redis' in resolved && known.redis.host === resolved.redis.host)
    return [[known.redis.password, resolved.redis.password]];
  if (known.kind === 'http' && resolved.kind === 'http' && known.url === resolved.url)
    return [[known.header?.value, resolved.header?.value]];
  return [];
}
