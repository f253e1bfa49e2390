import { alarmsOf } from '../../resources/watching/alarms.ts';
import { configuration } from '../../resources/watching/configuration.ts';
import { machines, type Watched } from '../../resources/watching/watched.ts';
import type { Item } from '../../shared/cost/items.ts';
import { vercelProSeatMonth } from '../../shared/prices/prices.ts';
import { balancer, server } from '../costs/external-monitoring.ts';
import { address, at, control, network, task } from '../costs/prices.ts';

/** A way to run a service, what it costs a month, and what recovery means there. */
export interface Option {
  title: string;
  /** What the source says that it costs a month. */
  says: string;
  items: Item[];
  picture: string;
  /** What mends itself, with nothing of ours. */
  byItself: string;
  /** What Lamplighter does when it is down, from the mildest to the harshest. */
  rungs: string[];
  /** What no recovery mends. */
  left: string;
}

/** Minutes of a month as AWS reckons it. */
const MINUTES = 43_800;
const SERVICE: Watched = {
  timezone: 'Asia/Seoul',
  target: { ec2: 'i-0123456789abcdef0' },
  maintenance: [],
  offWith: [],
  recover: { restart: { by: 'pm2', name: 'api' } },
};

/** What one service more costs: its checks every minute, written down; its alarms; the metrics and logs of an agent. */
export function watch(service: Watched = SERVICE): Item[] {
  const isAgent = service.target !== undefined && 'ec2' in service.target;
  const alarms = machines({ services: { api: service } }).flatMap(alarmsOf);
  return [
    control('scheduler.invocation', MINUTES),
    control('lambda.request', MINUTES),
    // A second and a half of a quarter of a GB.
    control('lambda.gbSecondArm64', MINUTES * 1.5 * 0.25),
    control('dynamodb.read', MINUTES),
    // The state and the raw result; once an hour the sums.
    control('dynamodb.write', MINUTES * 2 + 730),
    control('cloudwatch.alarmMonth', alarms.length),
    control('cloudwatch.metricMonth', isAgent ? metricsOf(service) : 0),
    control('logs.ingestGb', isAgent ? 1 : 0),
  ];
}

/** Of each measurement one; of a process two, since there the agent sends what is rolled up as well as what it is made of. */
export function metricsOf(service: Watched): number {
  const { mem, swap, disk, procstat } = configuration('dev', { name: 'api', services: [['api', service]] }).metrics
    .metrics_collected;
  const single = [mem, swap, disk].flatMap(({ measurement }) => measurement).length;
  return single + 2 * (procstat ?? []).flatMap(({ measurement }) => measurement).length;
}

const group: Watched = { ...SERVICE, target: { group: 'web' }, recover: undefined };
const ecs: Watched = { ...SERVICE, target: { ecs: { cluster: 'app', service: 'web' } }, recover: undefined };
const outside: Watched = { ...SERVICE, target: undefined, recover: undefined };
const small = { vcpu: 0.5, gigabytes: 1 };

const SERVER_RUNGS = [
  'restart the process by PM2, systemd or Compose, its logs saved before (`agent/recover`): helps after a crash, a hang, a leak',
  'reboot the instance: helps when the system hangs',
  'stop and start it: it comes up on other hardware; an address that is no Elastic IP changes, which is said before',
];

export const OPTIONS: Option[] = [
  {
    title: 'One server',
    says: '$30',
    items: server(),
    picture: 'people → EC2 → database',
    byItself:
      'PM2 or systemd starts a process again that ends; EC2 moves an instance off broken hardware (simplified automatic recovery). A process that hangs stays.',
    rungs: ['none: somebody has to notice'],
    left: 'Everything else, at any hour, and a dashboard on the server is down with it.',
  },
  {
    title: 'One server, watched',
    says: '$30',
    items: [...server(), ...watch()],
    picture: 'people → EC2 → database; Lamplighter → EC2',
    byItself: 'The same as without.',
    rungs: SERVER_RUNGS,
    left: 'A zone that fails, a full disk, a bad deployment, the database. While it is rebooted it is down: a single point of failure stays one.',
  },
  {
    title: 'Load balancer and Auto Scaling, one server',
    says: '$50–60',
    items: [...server(), ...balancer(), ...watch(group)],
    picture: 'people → ALB → EC2 in an Auto Scaling group → database',
    byItself:
      'The group replaces an instance that EC2 or, with `HealthCheckType: ELB`, the balancer finds unhealthy; also in another zone.',
    rungs: ['mark the instance unhealthy: the group replaces it with a fresh one, which takes minutes with one server'],
    left: 'What a fresh instance has as well: a bad image, a bad configuration, the database. What is on the old disk is gone: logs have to leave it before.',
  },
  {
    title: 'Load balancer and Auto Scaling, two servers',
    says: '$50–60',
    items: [...server(), ...server(), ...balancer(), ...watch(group)],
    picture: 'people → ALB → two EC2 in two zones → database',
    byItself: 'As above, and meanwhile the other server answers: a crash, a reboot or a zone is no outage.',
    rungs: ['mark the instance unhealthy: nobody notices'],
    left: 'What both have: a bad image, a bad configuration, the database. Sessions and files must not be on one server.',
  },
  {
    title: 'ECS on Fargate, one task',
    says: '$50–70',
    items: [task(small), address(), ...balancer(), ...watch(ecs)],
    picture: 'people → ALB → ECS service on Fargate → database',
    byItself: 'ECS starts a task again that ends, or that its health check or the balancer finds unhealthy.',
    rungs: [
      'force a new deployment, with the deployment circuit breaker on: fresh tasks beside the old ones, which go when the new ones answer',
    ],
    left: 'An image that no longer starts: the circuit breaker keeps the old tasks, a person looks at the image. There is no server to log in to.',
  },
  {
    title: 'ECS on Fargate, one task behind no load balancer',
    says: '–',
    items: [task(small), address(), ...watch(ecs)],
    picture: 'people → the address of the task',
    byItself: 'As above, but a task that is started again has another address.',
    rungs: ['force a new deployment: the address changes, so DNS has to follow'],
    left: 'For workers that nobody calls; not for a website.',
  },
  {
    title: 'Vercel',
    says: '$0–20',
    items: [at(vercelProSeatMonth, 1), ...watch(outside)],
    picture: 'people → Vercel → database',
    byItself: 'Functions are started for every request; there is no process that stays broken.',
    rungs: ['none: nothing of it is in your AWS account. It is watched, and people are told'],
    left: 'A bad deployment is rolled back by hand in Vercel. The database is in AWS and can be watched by a TCP check.',
  },
];

/** What private servers need besides, in any of these: the gateway and its address. */
export const WAY_OUT: Item[] = [network('natHour'), address()];
