import * as z from 'zod';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Happening } from '../journal.ts';

/** What tells a notice from whatever else is published. */
const notice = z.looseObject({ id: z.string(), severity: z.string(), workload: z.string(), title: z.string() });

/** What CloudWatch publishes when an alarm changes its state. */
const alarm = z.looseObject({ AlarmName: z.string(), NewStateValue: z.string(), NewStateReason: z.string() });

/**
 * What has happened when a text is published to a topic: a notice, an alarm of CloudWatch, or any other message, such
 * as a heartbeat or the text for the addresses of one channel.
 *
 * @param topic the name of the topic
 * @param notices the name of the topic that notices are published to
 */
export function published(topic: string, text: string, notices: string): Happening {
  const body = parsed(text);
  if (topic === notices && notice.safeParse(body).success) return { what: 'notice', notice: body as Notice };
  const { data } = alarm.safeParse(body);
  if (!data) return { what: 'message', topic, body };
  const { AlarmName: name, NewStateValue: state, NewStateReason: reason } = data;
  return { what: 'alarm', topic, name, state, reason };
}

/** JSON as what it says; any other text as it is. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
