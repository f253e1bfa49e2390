import type { Restart } from '../stage/compiled.ts';

interface More {
  act: 'recover' | 'restart' | 'check';
  /** The bucket for the logs, and what the keys begin with. */
  logs?: { bucket: string; prefix: string };
  withinSeconds?: number;
}

/** The document that Systems Manager runs on the servers of a stage. */
export function documentName(stage: string): string {
  return `lamplighter-${stage}-recover`;
}

/** The `Parameters` of `ssm:SendCommand` for that document; what is not said is left to its defaults. */
export function commandParameters(restart: Restart, { act, logs, withinSeconds }: More): Record<string, string[]> {
  const values = {
    By: restart.by,
    Name: restart.name,
    Service: restart.service,
    Act: act,
    Url: restart.ask,
    User: restart.user,
    Directory: restart.cwd,
    Start: restart.start,
    Bucket: logs && `s3://${logs.bucket}/${logs.prefix}`,
    WithinSeconds: withinSeconds?.toString(),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
  );
}
