/**
 * The stage as the deployed functions see it: the stage file validated, its durations in seconds, its holidays
 * computed. It travels in every function's zip as `stage.json`.
 */
export interface CompiledStage {
  stage: string;
  region: string;
  timezone: string;
  calendar: Calendar;
  notify: Notify;
  budget: Budget;
  /** Who may do what from Discord. */
  commands?: Commands;
  /** US dollars in this region: by instance type an hour, by storage type a GB-month; the stage file's win over the list. */
  prices: Record<string, number>;
  workloads: Record<string, Workload>;
  /** The workloads that are watched and never run: they have neither schedules nor runs. */
  services: Record<string, ServiceWorkload>;
  /** Queues, whose workers are scaled: they have neither schedules nor runs. */
  queues: Record<string, QueueWorkload>;
  /** The VPC that private queues are read in; there where there is one. */
  network?: { subnets: string[]; securityGroups: string[] };
  /** The independent address that tells whether a fault is ours; there where there is a service. */
  control?: string;
  /** The status page; there where the stage file asks for one. */
  status?: StatusPage;
}

export interface StatusPage {
  /** Who may see it; a token is a reference, `ssm:/…`. */
  access: 'public' | 'iam' | { token: string };
  /** `https://app.example.com`: whose pages may read status.json. */
  origins: string[];
  title: string;
  /** The workloads, services and queues that are shown; all of them without it. */
  show?: string[];
  /** Whether it shows what things cost. */
  spending: boolean;
}

/** An application of Discord, and what the roles of its server may do. */
export interface Commands {
  application: string;
  /** Ed25519, in hexadecimal. */
  publicKey: string;
  guild: string;
  /** A reference to the token of its bot; nothing that is deployed reads it. */
  bot?: string;
  roles: Record<string, Right[]>;
}

export type Right =
  | 'status'
  | 'runs'
  | 'start'
  | 'stop'
  | 'extend'
  | 'skip'
  | 'pause'
  | 'resume'
  | 'approve'
  | 'acknowledge';

/** Limits in US dollars a day. */
export interface Budget {
  daily?: number;
  emergency?: number;
  /** What Cost Explorer is asked for once a day: the whole account, or what has a tag. */
  bill?: 'account' | { tag: { key: string; value: string } };
  /** The limit of AWS's own budget, and whom AWS writes to. */
  backstop?: { daily: number; to: string[] };
}

export interface Calendar {
  /** Local date → why it is closed. */
  closed: Record<string, string>;
  /** Local dates that are working days although they would not be. */
  open: string[];
  /** The last local date that the holidays were computed for. */
  until: string;
}

export type DayOfWeek = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type Days = 'every-day' | 'weekdays' | DayOfWeek[];

export type Severity = 'info' | 'success' | 'warning' | 'critical';

export interface Notify {
  language: 'en' | 'ko';
  /** Within it a repeat of one cause is no news. */
  windowSeconds: number;
  /** How often people are reminded of an open critical incident. */
  remindSeconds: number;
  /** Local times between which only what is critical is told. */
  quiet?: { from: string; to: string };
  /** The local time of a daily test notice. */
  test?: string;
  heartbeat?: { url: string; everyMinutes: number };
  /** Local times of digests: every day, every week, on the first of every month. */
  digest?: { daily?: string; weekly?: { day: DayOfWeek; at: string }; monthly?: string };
  channels: Record<string, Channel>;
  routes: Route[];
}

export type Channel = { fallback?: string } & (
  | { kind: 'discord'; webhook: string; buttons?: boolean }
  | { kind: 'slack'; webhook: string }
  | { kind: 'teams'; webhook: string }
  | { kind: 'webhook'; url: string; secret: string }
  | { kind: 'email'; to: string[] }
  | { kind: 'sms'; to: string[] }
);

/** The channels of one kind or of several. */
export type ChannelOf<Kind extends Channel['kind']> = Extract<Channel, { kind: Kind }>;

export interface Route {
  severity: Severity[];
  to: string[];
  workloads?: string[];
  kinds?: Kind[];
  /** To whom an open incident goes that nobody has acknowledged. */
  escalate?: { afterSeconds: number; to: string[] };
}

export type Workload = BatchWorkload | EnvironmentWorkload | PipelineWorkload;

export type Kind = Workload['kind'] | 'service' | 'queue';

interface AnyWorkload {
  timezone: string;
  /** The longest that a healthy run takes. */
  deadlineSeconds: number;
  /** How late a run may still start. */
  startWithinSeconds: number;
  breakerFailures: number;
  /** A limit of its own. */
  budget?: { daily: number };
}

export interface BatchWorkload extends AnyWorkload {
  kind: 'batch';
  instance: { id: string; type?: string; storage?: { size: number; type: string } };
  at: { time: string; parameters: Record<string, string>; days?: Days }[];
  days: Days;
  run: Job;
  stopIfFoundRunning: boolean;
}

export interface EnvironmentWorkload extends AnyWorkload {
  kind: 'environment';
  stack: Stack;
  images: Images[];
  hours: Hours[];
  /** Whether a start that finds it up updates it to newer images. */
  refresh: boolean;
  health?: Health;
  /** Resources whose data may be lost with the stack: `DatabaseStack/Cluster`, by logical ids. */
  dataLoss: string[];
  parts: Part[];
}

/** A chain of steps, each as soon as what it needs has ended. */
export interface PipelineWorkload extends AnyWorkload {
  kind: 'pipeline';
  at: { time: string; days?: Days }[];
  days: Days;
  /** The pipeline whose success starts it, with its logical date; then it has no times of its own. */
  after?: string;
  /** Local dates on which it does not run beside those of the calendar → why: what an exchange is closed on. */
  closed: Record<string, string>;
  steps: Record<string, PipelineStep>;
  /** From when on a run is said to take long, and counts as failed although all steps went well. */
  duration: { warnSeconds?: number; failSeconds?: number };
  /** So long after its time people are told that a run has not begun. */
  begunWithinSeconds: number;
  /** Which runs that were missed are made up for by themselves. */
  catchUp: 'none' | 'latest' | 'all';
}

export interface PipelineStep {
  /** The steps that must have succeeded before it begins. */
  needs: string[];
  work: StepWork;
  /** How often it is tried again when it fails, after how long, and by how much longer each time. */
  retry: { times: number; waitSeconds: number; backoff: number };
  deadlineSeconds: number;
  /** What its numbers have to be. */
  expect: Record<string, Expectation>;
}

/** What a number is held to: below `atLeast` people are warned, below `failBelow` the step has failed; and so on. */
export interface Expectation {
  atLeast?: number;
  failBelow?: number;
  atMost?: number;
  failAbove?: number;
  /** Another number of the same step that it is a part of: what is held to the limits is its share, in percent. */
  of?: string;
  /** By how many percent it may differ from the median of the last 20 runs before people are warned. */
  nearMedian?: number;
}

export type StepWork =
  | {
      by: 'command';
      /** An EC2 instance, or an own server that is registered with Systems Manager (`mi-…`). */
      on: string;
      command: string;
      cwd?: string;
      user?: string;
      environment: Record<string, string>;
    }
  | {
      by: 'task';
      cluster: string;
      definition: string;
      /** Its task role and its execution role, by names or ARNs: ECS is given no others. */
      roles: string[];
      container?: string;
      command?: string[];
      environment: Record<string, string>;
      subnets: string[];
      securityGroups: string[];
      publicIp: boolean;
      /** Where it logs: the group and the prefix of its streams. Its numbers are read there. */
      logs?: { group: string; prefix: string };
    }
  | { by: 'function'; name: string; payload: Record<string, unknown> }
  | {
      by: 'http';
      url: string;
      method: 'GET' | 'POST' | 'PUT';
      /** Headers; a value may be a reference such as `ssm:/…`. */
      headers: Record<string, string>;
      body?: string;
      status?: number;
      withinSeconds: number;
    }
  | {
      by: 'airflow';
      url: string;
      dag: string;
      /** Of Airflow 2, or the tokens of Airflow 3. */
      api: 1 | 2;
      username?: string;
      /** A reference: the password of the user, or a token where there is no user. */
      secret: string;
      conf: Record<string, string>;
    };

export interface ServiceWorkload {
  kind: 'service';
  timezone: string;
  /** What is recovered. */
  target?: Target;
  checks: Check[];
  /** How many failures in a row mean that it is down. */
  openAfter: number;
  /** How many successes in a row mean that it is up again. */
  closeAfter: number;
  /** Services that it cannot be up without. */
  dependsOn: string[];
  /** Batches and environments of the stage that it is off with by plan. */
  offWith: string[];
  /** When work is done on it, in local time. */
  maintenance: Hours[];
  recover?: Recover;
}

export interface QueueWorkload {
  kind: 'queue';
  timezone: string;
  source: QueueSource;
  /** Whether it is read from inside the stage's network. */
  isPrivate: boolean;
  workers: Workers;
  scaling: Scaling;
  runaway: Runaway;
  /** When Redis has used so much of its memory, jobs that ended longer ago than that are removed. */
  clean?: { abovePercent: number; olderThanSeconds: number };
  /** The instance that Redis and what adds jobs run on. */
  host?: string;
  alarms: QueueAlarms;
  /** A limit of its own. */
  budget?: { daily: number };
}

/** Over which people are told; what is missing is not watched. */
export interface QueueAlarms {
  /** Jobs. */
  backlog?: { warning: number; critical: number };
  /** Tasks that run. */
  workers?: number;
  /** Percent of the host's processor. */
  cpu?: number;
  /** Percent of the memory of Redis. */
  memory?: number;
  /** Percent of the jobs that ended. */
  errors?: number;
}

/** Where jobs wait. */
export type QueueSource =
  | { kind: 'bull' | 'bullmq'; name: string; prefix: string; redis: Redis }
  | { kind: 'sqs'; url: string; deadLetters?: string }
  | { kind: 'http'; url: string; header?: { name: string; value: string } };

export interface Redis {
  host: string;
  port: number;
  db: number;
  username?: string;
  /** `ssm:/lamplighter/dev/redis` */
  password?: string;
  tls: boolean;
  /** The certificate of whoever signed the server's own, as a reference; the usual ones without it. */
  ca?: string;
}

/** The tasks that work a queue off. */
export interface Workers {
  cluster: string;
  service: string;
  /** How many jobs a worker does at once. */
  concurrency: number;
  /** So many jobs are done at once by workers that are always there and are not scaled. */
  besides: number;
  /** What a job usually takes, until it is known better. */
  jobSeconds: number;
  /** What the longest job takes: longer ones than a task has to end are protected while they run. */
  longestJobSeconds: number;
  /** So long a task that is to stop may go on; Fargate allows 120. */
  stopTimeoutSeconds: number;
  /** What a task is, where that is known: what an hour of it costs. */
  task?: { vcpu: number; gigabytes: number; arm: boolean; spot: boolean };
  /** What Lamplighter makes; without it, the service is there already. */
  create?: CreatedWorkers;
}

export interface CreatedWorkers {
  /** Whether the cluster is made too. */
  cluster: boolean;
  /** An image in ECR of this account, or a whole address. */
  image: { repository: string; tag?: string } | { address: string };
  command?: string[];
  environment: Record<string, string>;
  /** Name → `ssm:/…`. */
  secrets: Record<string, string>;
  subnets: string[];
  /** Those that are there already; with none, one is made in `vpc`. */
  securityGroups: string[];
  vpc?: string;
  /** Where the group that is made may connect to: a security group, which may be made to admit it, or addresses. */
  egress: { port: number; to: string; admit: boolean }[];
  /** Endpoints in the subnets, so that tasks start without a NAT gateway; S3's is in these route tables. */
  endpoints?: { routeTables: string[] };
  publicIp: boolean;
  /** ARNs of managed policies that the worker has besides. */
  policies: string[];
}

export type Scaling = {
  min: number;
  max: number;
  /** At these hours there are so many at least. */
  floor: (Hours & { workers: number })[];
  /** After so many empty minutes, with nothing active, there are none. */
  emptyMinutes: number;
} & (
  | {
      by: 'backlog';
      /** So long jobs may wait. */
      waitSeconds: number;
    }
  | { by: 'rules'; rules: ScalingRule[] }
  | { by: 'target'; jobs: number; outSeconds: number; inSeconds: number }
);

/** One row of a table of rules: over or under so many jobs, workers are added or taken away. */
export interface ScalingRule {
  over?: number;
  under?: number;
  /** Workers; below nothing they are taken away. */
  add: number;
  cooldownSeconds: number;
}

/** When workers do not help: the maximum is held down. */
export interface Runaway {
  /** The maximum meanwhile. */
  workers: number;
  errorPercent: number;
  /** So long the queue does not get shorter while workers are added. */
  minutes: number;
}

export type Target = { ec2: string } | { ecs: { cluster: string; service: string } } | { group: string };

/** How a service is looked at; the name is unique in it. */
export type Check = { name: string } & (
  | {
      kind: 'http';
      url: string;
      /** The status that is right; from 200 to 299 without it. */
      status?: number;
      contains?: string;
      withinSeconds: number;
      /** How many days before the certificate ends people are warned. */
      certificateDays: number;
    }
  | { kind: 'tcp'; host: string; port: number; withinSeconds: number }
  | { kind: 'heartbeat'; everySeconds: number }
);

export type CheckOf<Of extends Check['kind']> = Extract<Check, { kind: Of }>;

/** How a process on a server is restarted. */
export interface Restart {
  by: 'pm2' | 'systemd' | 'compose';
  name: string;
  /** Of the project of Compose, one service; all of them without it. */
  service?: string;
  /** What is asked on the machine. */
  ask?: string;
  cwd?: string;
  start?: string;
  user?: string;
}

/** What is done about a service that is down. */
export interface Recover {
  restart?: Restart;
  /** From the mildest to the harshest. */
  rungs: Rung[];
  /** Those of them that a person has to approve. */
  approve: Rung[];
  perDay: number;
  cooldownSeconds: number;
  logs?: { bucket: string; prefix: string };
}

export type Rung = 'restart' | 'reboot' | 'stop-start' | 'redeploy' | 'replace';

export interface Stack {
  name: string;
  /** `https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml` */
  templateUrl: string;
  /** The template in the repository, which rehearsals read. */
  copy?: string;
  /** The service role that CloudFormation works with: its name, or its ARN. */
  role: string;
  parameters: Record<string, string>;
  capabilities: string[];
}

/** The newest image of a repository, as the value of parameters of the stack. */
export interface Images {
  repository: string;
  /** `*` stands for any characters; without it every tag but `latest`. */
  tag?: string;
  parameters: string[];
}

/** When it is up, in local time; until the next day where `to` is not after `from`. */
export interface Hours {
  days: Days;
  from: string;
  to: string;
}

export interface Health {
  url: string;
  withinSeconds: number;
  /** What the answer must contain. */
  contains?: string;
}

/** A part of what the environment costs: by its type's list price, or by the hour. */
export interface Part {
  name: string;
  count: number;
  type?: string;
  hourly?: number;
}

export interface Job {
  by: 'ssm' | 'boot';
  command: string;
  cwd?: string;
  user?: string;
  environment: Record<string, string>;
  parameters: Record<string, string>;
  logs?: { bucket: string; prefix: string };
  heartbeatSeconds: number;
}
