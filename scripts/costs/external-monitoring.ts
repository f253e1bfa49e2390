import { vercelProSeatMonth } from '../../shared/prices/prices.ts';
import { address, at, control, disk, instance, network, task } from './prices.ts';
import { type CostTable, row } from './table.ts';

/** A server as small as the source's $30 allow: instance, disk, address. */
export const server = (type = 't3.small') => [instance(type), disk(30), address()];
/** A load balancer with one capacity unit, in the two zones that it must have. */
export const balancer = () => [network('albHour'), network('albLcuHour'), address(2)];
const watched = () => [control('cloudwatch.alarmMonth', 4), control('cloudwatch.metricMonth', 2)];

export function externalMonitoring(): CostTable {
  return {
    source: 'external-monitoring.md',
    title: 'A server, and what could stand in its place',
    rows: [
      row(
        'now: one server',
        30,
        { list: server() },
        'names no size; this is a t3.small with 30 GB of gp3 and an address',
      ),
      row('the same, a t3.medium', 30, { list: server('t3.medium') }, '$30 lie between the two'),
      row(
        'with monitoring',
        30,
        { list: [...server(), ...watched()] },
        '"no cost" is $1.00: four alarms and the two metrics of an agent (memory, disk), unless the free tier covers them',
      ),
      row(
        'added by ALB and Auto Scaling',
        [20, 30],
        { list: balancer() },
        'the top of the range: an address in each of its two zones is $7.30 of it',
      ),
      row('EC2 + ALB + Auto Scaling', [50, 60], { list: [...server(), ...balancer()] }, 'of one server'),
      row(
        'the same with two servers',
        [50, 60],
        { list: [...server(), ...server(), ...balancer()] },
        'what "high availability" takes',
      ),
      row(
        'ECS Fargate, 0.5 vCPU and 1 GB',
        [50, 70],
        { list: [task({ vcpu: 0.5, gigabytes: 1 }), address(), ...balancer()] },
        'elsewhere the same page says $30–50, which leaves out the load balancer',
      ),
      row(
        'ECS Fargate, 1 vCPU and 2 GB',
        [50, 70],
        { list: [task({ vcpu: 1, gigabytes: 2 }), address(), ...balancer()] },
        'one task',
      ),
      row(
        'Vercel',
        [0, 20],
        { list: [at(vercelProSeatMonth, 1)] },
        'a seat of Pro; $0 is Hobby, which is not for commercial use',
      ),
    ],
    notes: [
      'Every option keeps the database (RDS), and pays for what goes out to the internet: neither is in any of the sums.',
      'Watched from outside each minute by `examples/external-monitoring.yml`, with its agent and its recovery, the server is the second line of [architectures](architectures.md).',
    ],
  };
}
