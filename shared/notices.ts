import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from './env.ts';
import type { Severity, Workload } from './stage/compiled.ts';
import { cut } from './texts.ts';

const sns = new SNSClient({});

/** One structured message. Channels render it; nothing in it is secret. */
export interface Notice {
  /** The same for each copy of one message, so that it is told once. */
  id: string;
  at: string;
  stage: string;
  workload: string;
  severity: Severity;
  title: string;
  /** What happened. */
  lines: string[];
  /** What was done about it. */
  did?: string[];
  /** What a person should do. */
  todo?: string[];
  /** The run's execution, for a link to the console. */
  execution?: string;
  /** Where more can be read. */
  links?: Link[];
  /** The kind of the workload. */
  kind?: Workload['kind'];
  /** The run whose progress this is: its notices are told in order. */
  run?: string;
  /** What is wrong: (workload, cause) is an incident, and one message in a channel. */
  cause?: string;
  /** Whether the cause goes on until it is resolved; without it, it passes by itself. */
  state?: 'open' | 'resolved';
  /** Causes of this workload that are over. */
  resolves?: string[];
  /** It goes to every channel, whatever the routes say: a test. */
  everywhere?: boolean;
}

export interface Link {
  label: string;
  url: string;
}

/** Publishes a notice to the topic, from which it is routed. */
export async function publish(notice: Notice): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn: env('NOTICES_TOPIC'), Message: JSON.stringify(notice) }));
}

/** The notice as plain text. */
export function asText({ title, lines, stage, workload, severity, at }: Notice): string {
  return [title, '', ...lines, '', `${severity} · ${workload} · stage ${stage} · ${at}`].join('\n');
}

/**
 * What one text message holds: 140 bytes. A character beyond ASCII makes the phone network send all in UCS-2, two bytes
 * a unit; so do `…` and the backtick, while brackets, braces, ^, ~, | and \ take two places.
 *
 * @source https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html
 */
const SMS_BYTES = 140;

/** The notice as one text message, with no room for a link. */
export function asSms({ title, lines, stage, severity }: Notice): string {
  const text = [`${severity}: ${title} (${stage})`, ...lines].join('\n');
  const isPlain = /^[\n\x20-\x5a_a-z]*$/.test(text);
  return isPlain ? cut(text, SMS_BYTES, '...') : cut(text, SMS_BYTES, '…', ({ length }) => 2 * length);
}

/** SNS takes subjects of printable ASCII, at most 100 characters. */
function subject({ severity, title }: Notice): string {
  return `[${severity}] ${title}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
