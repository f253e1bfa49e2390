/** Characters of S3 that need no encoding in an address, and that IAM does not read as a pattern. */
const KEY = String.raw`[\w.!'()/-]+`;
const BUCKET = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';
const DOMAIN = String.raw`amazonaws\.(?:com|com\.cn|eu)`;
const REGION = String.raw`(?:[.-](?:dualstack\.)?[a-z]{2,}(?:-[a-z]+)+-\d)?`;

const SHAPES = [
  new RegExp(`^s3://(?<bucket>${BUCKET})/(?<key>${KEY})$`),
  new RegExp(String.raw`^https://(?<bucket>${BUCKET})\.s3${REGION}\.${DOMAIN}/(?<key>${KEY})$`),
  new RegExp(String.raw`^https://s3${REGION}\.${DOMAIN}/(?<bucket>${BUCKET})/(?<key>${KEY})$`),
];

/** What a template in S3 may look like in a stage file. */
export const TEMPLATE = new RegExp(SHAPES.map(({ source }) => source.replace(/\?<\w+>/g, '?:')).join('|'));

/**
 * The bucket and the key of a template, or undefined when it is not in S3.
 *
 * @source Amazon S3 user guide, "Virtual hosting of buckets" and "Path-style requests"
 */
export function inS3(template: string): { bucket: string; key: string } | undefined {
  const groups = SHAPES.map((shape) => shape.exec(template)?.groups).find((found) => found !== undefined);
  return groups as { bucket: string; key: string } | undefined;
}

/** The address of a template as CloudFormation takes it. @param template `s3://bucket/key`, or an address already */
export function templateUrl(template: string, region: string): string {
  const found = template.startsWith('s3://') && inS3(template);
  return found ? `https://${found.bucket}.s3.${region}.${domainOf(region)}/${found.key}` : template;
}

/** @source the partitions of the AWS SDK, 3.1169 (November 2026) */
function domainOf(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}
