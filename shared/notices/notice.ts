import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../env.ts';
import type { Kind, Rung, Severity } from '../stage/compiled.ts';

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
  kind?: Kind;
  /** The run whose progress this is: its notices are told in order. */
  run?: string;
  /** What is wrong: (workload, cause) is an incident, and one message in a channel. */
  cause?: string;
  /** Whether the cause goes on until it is resolved; without it, it passes by itself. */
  state?: 'open' | 'resolved';
  /** Causes of this workload that are over. */
  resolves?: string[];
  /** The step of a recovery that a person may approve where a channel has buttons. */
  approval?: { run: string; rung: Rung };
  /** It goes to every channel, whatever the routes say: a test. */
  everywhere?: boolean;
  /** What a channel that shows images may draw. */
  picture?: MonthPicture;
}

/** The days of a month that are known, as numbers: the picture is drawn where it is shown. */
export interface MonthPicture {
  /** `2026-11` */
  month: string;
  /** US dollars a day. */
  limit?: number;
  days: { day: string; workloads: Record<string, { hours: number; usd: number }> }[];
}

export interface Link {
  label: string;
  url: string;
}

/** Publishes a notice to the topic, from which it is routed; a subscription of somebody's own can filter by its attributes. */
export async function publish(notice: Notice): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: env('NOTICES_TOPIC'),
      Message: JSON.stringify(notice),
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: notice.severity },
        workload: { DataType: 'String', StringValue: notice.workload },
      },
    }),
  );
}
