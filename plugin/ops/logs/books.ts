import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsConfig } from '../../deployed.ts';
import type { Serverless } from '../../framework.ts';
import { known } from '../doctor/known.ts';

/** One line of a log. */
export interface Line {
  /** Milliseconds since the epoch; a file has no times of its own. */
  at?: number;
  text: string;
}

/** What is looked for in a group of CloudWatch Logs; times in milliseconds since the epoch. */
export interface Question {
  group: string;
  /** How the names of the streams begin. */
  streams?: string;
  from: number;
  to?: number;
  limit: number;
}

/** Where logs are kept. Each is undefined where there is no such thing. */
export interface Books {
  group(question: Question): Promise<Line[] | undefined>;
  object(bucket: string, key: string): Promise<string | undefined>;
}

export async function booksOf(serverless: Serverless): Promise<Books> {
  const config = await awsConfig(serverless);
  const client = new CloudWatchLogsClient(config);
  const isEmulated = (process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']) !== undefined;
  const s3 = new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: isEmulated });
  return {
    group: (question) => known(linesOf(client, question), /^ResourceNotFound/),
    object: async (Bucket, Key) => {
      const found = await known(s3.send(new GetObjectCommand({ Bucket, Key })), /^NoSuch(Key|Bucket)/);
      return found?.Body?.transformToString();
    },
  };
}

/** The newest of them, in the order that they were written in. */
async function linesOf(client: CloudWatchLogsClient, { group, streams, from, to, limit }: Question): Promise<Line[]> {
  const asked = {
    ...{ logGroupName: group, startTime: from },
    ...(streams && { logStreamNamePrefix: streams }),
    ...(to !== undefined && { endTime: to }),
  };
  const lines: Line[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, asked))
    for (const { timestamp = 0, message = '' } of events) {
      lines.push({ at: timestamp, text: message.trimEnd() });
      if (lines.length > limit) lines.shift();
    }
  return lines.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
