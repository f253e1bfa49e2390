import * as z from 'zod';
import { expects } from './fields.ts';

/** Ids of a VPC, as its console shows them. */

function anId(prefix: string, what: string) {
  const words = expects(`${what} such as ${prefix}-0123456789abcdef0`, 'copy its id from the VPC console');
  return z.string(words).regex(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), words);
}

const anyOf = (prefix: string) => expects(`a list such as [${prefix}-0123456789abcdef0]`, 'write a list, even for one');

export const vpc = anId('vpc', 'a VPC');
export const subnets = z.array(anId('subnet', 'a subnet'), anyOf('subnet')).min(1, anyOf('subnet'));
export const securityGroups = z.array(anId('sg', 'a security group'), anyOf('sg')).min(1, anyOf('sg'));
export const routeTables = z.array(anId('rtb', 'a route table'), anyOf('rtb')).min(1, anyOf('rtb'));

export const network = z
  .strictObject({
    subnets: subnets.describe('Subnets from which the queues can be reached; they need no way to the internet.'),
    securityGroups: securityGroups.describe('Security groups that the queues admit, and that may connect to them.'),
  })
  .optional()
  .meta({
    title: 'Network',
    description: 'The VPC that private queues are read in. Needed where a queue is private.',
  });
