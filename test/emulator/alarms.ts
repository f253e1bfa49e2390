import type { Moto } from './moto.ts';

// CloudWatch is asked by its query protocol: the project has no client of it.

/** Puts an alarm by its properties in a template. @throws Error with what CloudWatch says */
export async function putAlarm({ where }: Moto, properties: object): Promise<void> {
  await ask(where, { Action: 'PutMetricAlarm', ...flat(properties) });
}

/** The names of all alarms. */
export async function alarmNames({ where }: Moto): Promise<string[]> {
  const text = await ask(where, { Action: 'DescribeAlarms', MaxRecords: '100' });
  return [...text.matchAll(/<AlarmName>([^<]*)</g)].map(([, name = '']) => name);
}

async function ask({ endpoint, region }: Moto['where'], fields: Record<string, string>): Promise<string> {
  const scope = `test/20261101/${region}/monitoring/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({ Version: '2010-08-01', ...fields }),
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=test` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** As a form has it: `Dimensions.member.1.Name`. What refers to other resources is a text like any other here. */
function flat(value: object, path = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, entry]) => {
      const name = Array.isArray(value) ? `${path}.member.${Number(key) + 1}` : path ? `${path}.${key}` : key;
      if (typeof entry !== 'object') return { [name]: String(entry) };
      return 'Ref' in entry ? { [name]: `arn:aws:any:${entry.Ref}` } : flat(entry, name);
    }),
  );
}
