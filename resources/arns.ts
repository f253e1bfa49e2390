/** What IAM and resources are told in templates: the partition, region and account are not known when packaging. */
export type Sub = { 'Fn::Sub': string };

export function sub(text: string): Sub {
  return { 'Fn::Sub': text };
}

/** Of something in this account and region. @param resource what comes after the account: `instance/i-…` */
export function arn(service: string, resource: string): Sub {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}

/** @param reference `ssm:/lamplighter/dev/discord` */
export function parameter(reference: string): Sub {
  return arn('ssm', `parameter${reference.replace(/^ssm:/, '')}`);
}

export function distinct<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
