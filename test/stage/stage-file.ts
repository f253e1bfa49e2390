import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Fault, StageFileInvalid } from '../../shared/stage/faults.ts';
import { readStage } from '../../shared/stage/read.ts';
import type { StageFile } from '../../shared/stage/schema.ts';

/** A stage file that has nearly every field, and no fault. */
export const VALID = `region: ap-northeast-2
timezone: Asia/Seoul
calendar: { country: KR, closed: [2026-12-31], open: [2026-10-10] }
notify:
  channels:
    discord: { kind: discord, webhook: "ssm:/lamplighter/dev/discord" }
    mail: { kind: email, to: [ops@example.com] }
  routes:
    - { severity: [info, success], to: [discord] }
    - { severity: [warning, critical], to: [discord, mail] }
budget: { daily: 20, emergency: 50 }
prices: { t3.medium: 0.052, gp3: 0.0912 }
workloads:
  nightly:
    kind: batch
    instance: { id: i-0123456789abcdef0, type: t3.medium, storage: { size: 30, type: gp3 } }
    at: ["02:00", { time: "09:00", parameters: { pipeline_type: quick } }]
    days: weekdays
    timezone: Asia/Tokyo
    run:
      by: ssm
      command: python3 main.py --level 3
      cwd: /srv/app
      user: ec2-user
      environment: { LOG_LEVEL: INFO, APP_TOKEN: "ssm:/app/token" }
      parameters: { pipeline_type: full }
      logs: { bucket: example-logs, prefix: nightly }
      heartbeat: 5m
    deadline: 2h
    startWithin: 30m
    breaker: { failures: 5 }
    stopIfFoundRunning: false
`;

/** The same for an environment, in a stage of its own. */
export const ENVIRONMENT = `${VALID.slice(0, VALID.indexOf('  nightly:'))}  chat-app:
    kind: environment
    stack:
      name: ChatAppMasterStack
      template: s3://example-templates/chat/master.yml
      copy: examples/environment-hours/master.yml
      role: lamplighter-chat-app
      parameters: { Environment: staging, DatabasePassword: "{{resolve:ssm-secure:/chat/password}}" }
      capabilities: [CAPABILITY_IAM]
    images:
      - { repository: chat-http, tag: release-*, parameters: [APITag, ChatTag] }
      - { repository: team/notification, parameters: [NotificationTag] }
    hours:
      - { days: [mon, tue, wed, thu], from: "09:00", to: "18:00" }
      - { days: [fri], from: "10:00", to: "02:00" }
    refresh: true
    health: { url: "https://dev.example.com/health", within: 8m, contains: UP }
    dataLoss: { accepted: [DatabaseStack/Redis] }
    parts:
      - { name: ECS, type: t3.small, count: 2, hourly: 0.023 }
      - { name: Redis, type: cache.t2.micro }
    deadline: 90m
    startWithin: 30m
    breaker: { failures: 3 }
    timezone: Asia/Tokyo
`;

/** The same for services, beside a batch that one of them depends on. */
export const SERVICE = `control: https://www.example.org
${VALID}  web:
    kind: service
    target: { ec2: i-0fedcba9876543210 }
    checks:
      - { name: front, url: "https://www.example.com/health", status: 200, contains: ok, within: 3s, certificate: 21d }
      - { tcp: "www.example.com:443", within: 4s }
      - { heartbeat: 5m }
    open: 4
    close: 3
    dependsOn: [store, nightly]
    maintenance: [{ days: [sun], from: "03:00", to: "04:00" }]
    recover:
      restart: { by: pm2, name: api, cwd: /srv/api, start: ecosystem.config.js, user: ubuntu }
      rungs: [restart, stop-start]
      approve: [stop-start]
      perDay: 2
      cooldown: 15m
      logs: { bucket: example-logs, prefix: web }
    timezone: Asia/Tokyo
  store:
    kind: service
    target: { ecs: { cluster: app, service: store } }
    checks: [{ tcp: "[2001:db8::1]:5432" }]
  fleet:
    kind: service
    target: { group: fleet }
    checks: [{ url: "http://fleet.example.com" }]
`;

/** The same for queues, in a network of the stage. */
export const QUEUE = `${VALID.slice(0, VALID.indexOf('  nightly:')).replace(
  'workloads:',
  `network: { subnets: [subnet-0123456789abcdef0], securityGroups: [sg-0123456789abcdef0] }
workloads:`,
)}  crawl:
    kind: queue
    source:
      kind: bullmq
      name: crawl-jobs
      prefix: app
      private: true
      redis: { host: redis.example.internal, port: 6380, db: 2, username: lamplighter, password: "ssm:/app/redis", tls: true, ca: "ssm:/app/ca" }
    workers:
      cluster: crawler
      service: worker
      concurrency: 4
      besides: 2
      job: 40s
      longestJob: 3m
      stopTimeout: 90s
      task: { vcpu: 1, memory: 2, arm: true, spot: true }
      create:
        cluster: true
        image: { repository: crawler-worker, tag: v1.2 }
        command: ["--process=worker"]
        environment: { WORKER_CONCURRENCY: "4", APP_TOKEN: "ssm:/app/token" }
        subnets: [subnet-0fedcba9876543210]
        vpc: vpc-0123456789abcdef0
        egress: [{ port: 6380, to: sg-0fedcba9876543210, admit: true }, { port: 443, to: 0.0.0.0/0 }]
        publicIp: true
        policies: ["arn:aws:iam::123456789012:policy/crawler"]
        endpoints: { routeTables: [rtb-0123456789abcdef0] }
    scaling:
      by: backlog
      min: 1
      max: 40
      empty: 15m
      wait: 4m
      floor: [{ days: weekdays, from: "09:00", to: "18:00", workers: 3 }]
    runaway: { workers: 8, errorPercent: 20, after: 12m }
    clean: { above: 70, olderThan: 48h }
    host: i-0123456789abcdef0
    alarms: { backlog: { warning: 50, critical: 300 }, workers: 30, cpu: 70, memory: 75, errors: 15 }
    budget: { daily: 12 }
    timezone: Asia/Tokyo
  thumbnails:
    kind: queue
    source: { kind: sqs, url: "https://sqs.ap-northeast-2.amazonaws.com/123456789012/thumbnails", deadLetters: "https://sqs.ap-northeast-2.amazonaws.com/123456789012/lost" }
    workers: { cluster: app, service: thumbnails }
    scaling: { by: rules, rules: [{ over: 30, add: 2, cooldown: 90s }, { under: 5, remove: 1 }] }
    alarms: { backlog: off, workers: off, errors: off }
  reports:
    kind: queue
    source: { kind: http, url: "https://app.example.com/queue", header: { name: Authorization, value: "ssm:/app/queue" } }
    workers: { cluster: app, service: reports }
    scaling: { by: target, target: { jobs: 30, out: 2m, in: 10m } }
  mails:
    kind: queue
    source: { kind: bull, name: mails, redis: { host: 10.0.1.5 } }
    workers: { cluster: app, service: mails, task: { vcpu: 0.25, memory: 1 }, create: { image: ghcr.io/example/mails:1, securityGroups: [sg-0123456789abcdef1] } }
`;

/** The same for pipelines, with steps of every sort, beside the batch. */
export const PIPELINE = `${VALID}  collection:
    kind: pipeline
    at: ["16:30", { time: "07:00", days: [mon] }]
    days: weekdays
    calendar: { name: KRX, closed: [2026-12-30] }
    on: { instance: mi-0123456789abcdef0, cwd: /srv/stock, user: batch, environment: { MODE: full, API_KEY: "ssm:/app/api-key" } }
    steps:
      check: { command: ./collect.sh status }
      kospi: { command: ./collect.sh kospi, on: { instance: i-0fedcba9876543210, environment: { MODE: quick } }, needs: [check], retry: { times: 3, wait: 20s, backoff: 1.5 }, deadline: 5m }
      save:
        check: ./collect.sh count
        needs: [kospi]
        expect: { collected: { failBelow: 2500, atLeast: 2700, atMost: 4000, failAbove: 5000, nearMedian: 20 }, saved: { of: collected, atLeast: 95 } }
    duration: { warn: 10m, fail: 15m }
    deadline: 30m
    begunWithin: 6m
    catchUp: latest
    startWithin: 40m
    breaker: { failures: 4 }
    timezone: Asia/Tokyo
  indicators:
    kind: pipeline
    after: collection
    steps:
      reckon:
        task:
          cluster: app
          definition: reckon:7
          roles: [reckon, "arn:aws:iam::123456789012:role/execution"]
          container: main
          command: ["node", "reckon.js"]
          environment: { LEVEL: "3" }
          subnets: [subnet-0123456789abcdef0]
          securityGroups: [sg-0123456789abcdef0]
          publicIp: true
          logs: { group: /ecs/reckon, prefix: reckon }
      report: { function: "report:live", payload: { to: everybody }, needs: [reckon] }
  outside:
    kind: pipeline
    after: indicators
    steps:
      call:
        http: { url: "https://api.example.com/refresh", method: POST, headers: { Authorization: "ssm:/app/header" }, body: now, status: 202, within: 20s }
      count: { check: { url: "https://api.example.com/count" }, needs: [call], expect: { rows: { atLeast: 1 } } }
      old: { airflow: { url: "https://airflow.example.com", version: 2, dag: daily, user: lamplighter, password: "ssm:/app/airflow", conf: { mode: full } } }
      new: { airflow: { url: "https://airflow3.example.com", version: 3, dag: daily, token: "ssm:/app/airflow-key" } }
`;

/** What zod would say by itself; none of it may reach a person. */
export const RAW = /Invalid |Unrecognized|Too (small|big)|received|ZodError|undefined|\[object|another form/;

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-stage-'));
let count = 0;

/** Writes a text as a stage file of its own. */
export function stageFile(text: string): string {
  const file = join(folder, `stage-${++count}.yml`);
  writeFileSync(file, text);
  return file;
}

/** The valid file with one thing changed; fails when that thing is not in it just once. */
export function changed(from: string, to: string, text: string = VALID): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, () => to);
}

/** Reads a text as a stage file. */
export function read(text: string, environment: NodeJS.ProcessEnv = {}): StageFile {
  return readStage(stageFile(text), environment);
}

/** What is wrong with a text; fails when nothing is. The file is called `x.yml` in the message. */
export function faultsOf(text: string, environment: NodeJS.ProcessEnv = {}): { message: string; faults: Fault[] } {
  const file = stageFile(text);
  try {
    readStage(file, environment);
  } catch (error) {
    if (!(error instanceof StageFileInvalid)) throw error;
    expect(error.message).not.toMatch(RAW);
    return { message: error.message.replaceAll(file, 'x.yml'), faults: error.faults };
  }
  throw new Error('nothing was found wrong');
}

/** One paragraph of the message, as a person reads it. */
export interface Said {
  place: string;
  found: string;
  expected: string;
  mend: string;
}

/** The paragraphs of the message, without the headline. */
export function said(text: string, environment: NodeJS.ProcessEnv = {}): Said[] {
  const [, ...paragraphs] = faultsOf(text, environment).message.split('\n\n');
  return paragraphs.map((paragraph) => {
    const [place = '', found = '', expected = '', mend = ''] = paragraph.split('\n');
    return { place: place.trim(), found: found.slice(14), expected: expected.slice(14), mend: mend.slice(14) };
  });
}

/** The number of the line that this text, which is there just once, begins on. */
export function lineOf(part: string, text: string): number {
  const [before = '', ...after] = text.split(part);
  expect(after).toHaveLength(1);
  return before.split('\n').length;
}

/** The batch of the valid file. */
export function batch({ workloads }: StageFile) {
  const workload = workloads['nightly'];
  if (workload?.kind !== 'batch') throw new Error('no batch');
  return workload;
}
