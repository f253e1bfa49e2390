import type { Reason } from '../../reasons.ts';
import type { Words } from '../words.ts';

const until = (word: string) => (who: string, until: string, why: string) => `${who} 님이 ${until}까지 ${word}: ${why}`;
const open = (word: string) => (who: string, why: string) => `${who} 님이 ${word}: ${why}`;

const REASONS: Record<Reason, (...values: string[]) => string> = {
  late: (minutes) => `예정 시각보다 ${minutes}분 늦게 전달되었습니다`,
  hoursOver: () => '운영 시간이 이미 끝났습니다',
  withinHours: () => '아직 운영 시간입니다',
  busy: (run) => `${run} 실행이 아직 진행 중입니다`,
  breakerOpen: (failures, workload) => `연속 ${failures}회 실패하여 차단되었습니다(재개할 대상: ${workload})`,
  overBudget: (usd, limit, until) =>
    `오늘 비용이 한도를 넘어(${limit}달러 중 ${usd}달러) ${until}까지 또는 재개할 때까지 새로 시작하지 않습니다`,
  skippedUntil: until('건너뛰도록 했습니다'),
  skipped: open('건너뛰도록 했습니다'),
  pausedUntil: until('일시 중지했습니다'),
  paused: open('일시 중지했습니다'),
  stagePausedUntil: until('스테이지 전체를 일시 중지했습니다'),
  stagePaused: open('스테이지 전체를 일시 중지했습니다'),
  keptUntil: until('유지하도록 했습니다'),
  kept: open('유지하도록 했습니다'),
  stoppedBy: open('중지했습니다'),
  unknown: () => '이유가 기록되지 않았습니다',
  alreadyUp: () => '이미 준비되어 있었습니다',
  alreadyGone: () => '이미 삭제되어 있었습니다',
  unnamed: () => '스테이지 파일에 더 이상 없습니다',
  jobEnded: (status, code) => `작업이 비정상 종료되었습니다(종료 코드 ${code}, ${status})`,
  jobTooLong: () => '제한 시간까지 작업이 끝나지 않았습니다',
  jobLostInstance: (instance, state) => `작업 중에 인스턴스 상태가 바뀌었습니다(${instance}: ${state})`,
  cleanUpFailed: (code) => `정리 작업이 실패했습니다(종료 코드 ${code})`,
  notStopped: (why) => `중지하지 못했습니다: ${why}`,
  executionDead: (status) => `상태 머신 실행이 도중에 끝났습니다(${status})`,
  wentOn: () => '제한 시간이 한참 지나도록 끝나지 않았습니다',
  instanceWas: (state) => `현재 상태: ${state}`,
  answers: (status) => `상태 코드 ${status}로 응답합니다`,
  answersWithout: (status, text) => `상태 코드 ${status}로 응답하지만 다음 내용이 없습니다: ${text}`,
  noAnswerWithin: (seconds) => `${seconds}초 안에 응답하지 않습니다`,
  noAnswer: (why) => `응답하지 않습니다: ${why}`,
  redirected: () => '리디렉션이 끝나지 않습니다',
  refuses: () => '연결을 거부합니다',
  hangsUp: () => '연결을 끊습니다',
  nameUnknown: () => '이름을 찾을 수 없습니다',
  certificateExpired: () => '인증서가 만료되었습니다',
  certificateOther: () => '인증서의 이름이 다릅니다',
  certificateUntrusted: () => '신뢰할 수 없는 인증서입니다',
  silent: (minutes) => `${minutes}분 동안 신호가 없습니다`,
  neverHeard: () => '아직 신호를 받은 적이 없습니다',
  notAsked: () => '제시간에 확인하지 못했습니다',
};

/** What code of ours recorded, in these words. */
export const reason: Words['reason'] = (name, ...values) => REASONS[name](...values);
