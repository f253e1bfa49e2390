import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from './env.ts';
import type { Severity } from './stage/compiled.ts';

const sns = new SNSClient({});

/** One structured message. Channels render it; nothing in it is secret. */
export interface Notice {
  /** The same for each copy of one message, so that a channel says it once. */
  id: string;
  at: string;
  stage: string;
  workload: string;
  severity: Severity;
  title: string;
  lines: string[];
  /** The run's execution, for a link to the console. */
  execution?: string;
}

/**
 * Publishes a notice to the topic; queues and e-mail hang on it and filter by severity and workload. E-mail gets
 * the readable text, every other subscriber the structure.
 */
export async function publish(notice: Notice): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: env('NOTICES_TOPIC'),
      Subject: subject(notice),
      MessageStructure: 'json',
      Message: JSON.stringify({ default: JSON.stringify(notice), email: asText(notice) }),
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: notice.severity },
        workload: { DataType: 'String', StringValue: notice.workload },
      },
    }),
  );
}

/** The notice as plain text. */
export function asText({ title, lines, stage, workload, severity, at }: Notice): string {
  return [title, '', ...lines, '', `${severity} · ${workload} · stage ${stage} · ${at}`].join('\n');
}

/** SNS takes subjects of printable ASCII, at most 100 characters. */
function subject({ severity, title }: Notice): string {
  return `[${severity}] ${title}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
