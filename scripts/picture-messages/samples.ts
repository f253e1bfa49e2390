import type { Message } from '../../shared/messages/message.ts';
import { endedNotice } from '../../shared/notices/run.ts';
import { compileStage } from '../../shared/stage/compile.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { readStage } from '../../shared/stage/read.ts';
import type { Run } from '../../shared/state/runs.ts';

/** What the pictures tell: one evening of the example that trades on one instance. */

const INSTANCE = 'i-0123456789abcdef0';
const REGION = 'ap-northeast-2';

/** When its first run of the day failed, and the last one that did. */
const OPENED = Date.parse('2026-11-02T09:24:00+09:00');
const FAILED = Date.parse('2026-11-02T18:24:00+09:00');
const MENDED = Date.parse('2026-11-02T21:31:00+09:00');

export function stageIn(language: CompiledStage['notify']['language']): CompiledStage {
  const file = new URL('../../examples/ec2-batch.yml', import.meta.url).pathname;
  const stage = compileStage(readStage(file), 'dev', 2026);
  return { ...stage, notify: { ...stage.notify, language } };
}

/** The third failure in a row, which is not over. */
export function open(stage: CompiledStage): Message {
  const failed = (hour: string, at: number) =>
    noticeOf(run(hour, { status: 'failed', reason: 'JobFailed: the job ended Failed with exit code 3' }), stage, at);
  const before = [OPENED, Date.parse('2026-11-02T15:22:00+09:00')];
  return {
    notice: failed('18:00', FAILED),
    thread: 'runs',
    incident: { state: 'open', openedAt: OPENED, count: 3 },
    earlier: ['09:00', '15:00'].map((hour, nth) => {
      const { title, severity } = failed(hour, before[nth] ?? 0);
      return { at: before[nth] ?? 0, title, severity };
    }),
    dropped: 0,
  };
}

/** The success that ends it. */
export function resolved(stage: CompiledStage): Message {
  return {
    notice: noticeOf(run('21:00', { status: 'succeeded', exitCode: 0 }), stage, MENDED),
    thread: 'runs',
    incident: { state: 'resolved', openedAt: OPENED, endedAt: MENDED, count: 3 },
    earlier: [],
    dropped: 0,
  };
}

function noticeOf(run: Run, stage: CompiledStage, now: number) {
  const notice = endedNotice(run, stage, now);
  if (!notice) throw new Error(`${run.key} ended without a word`);
  return notice;
}

function run(hour: string, ending: Partial<Run>): Run {
  const key = `2026-11-02T${hour}`;
  const at = new Date(`${key}:00+09:00`).toISOString();
  return {
    ...{ workload: 'makenaide', key, scheduledFor: at, kind: 'batch', by: 'schedule', instanceId: INSTANCE },
    execution: `arn:aws:states:${REGION}:123456789012:execution:lamplighter-dev-run-batch:${key.replace(/\D/g, '')}`,
    ...{ admittedAt: at, startedAt: at, deadlineAt: at, status: 'running', exitCode: 3 },
    ...{ jobSeconds: 1260, instanceHours: 0.4, log: `/lamplighter/dev/makenaide:4f2c/${INSTANCE}` },
    ...ending,
  };
}
