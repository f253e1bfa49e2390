import type { Message } from '../../shared/messages/message.ts';
import { executionLink } from '../../shared/notices/links.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/**
 * A message as it is, with the link to its execution: a program reads it, so nothing is cut and nothing is put into
 * words. What is added to it later changes no version; what is changed or taken away does.
 */
export function render({ notice, thread, incident, earlier, dropped, because }: Message, _stage: CompiledStage) {
  return {
    version: 1,
    ...notice,
    link: executionLink(notice.execution),
    thread,
    ...(incident && { incident: inIso(incident) }),
    earlier: earlier.map(inIso),
    dropped,
    ...(because && { because: { what: because.what, channel: because.channel, why: because.why } }),
  };
}

/** Instants as programs of every language read them. */
function inIso<T extends object>(value: T): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (part && typeof part === 'object') return [key, inIso(part)];
      return [key, /(^a|A)t$/.test(key) && typeof part === 'number' ? new Date(part).toISOString() : part];
    }),
  );
}
