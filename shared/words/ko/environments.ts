import type { Words } from '../words.ts';

/** What is said of the starts and stops of environments. */
export const environments: Words['environments'] = {
  start: {
    running: (name) => `${name} 환경 생성 중`,
    succeeded: (name) => `${name} 환경 준비 완료`,
    failed: (name) => `${name} 환경 시작 실패`,
    'timed-out': (name) => `${name} 환경 시작 시간 초과`,
    skipped: (name) => `${name} 환경 시작 건너뜀`,
    aborted: (name) => `${name} 환경 시작 중단됨`,
  },
  stop: {
    running: (name) => `${name} 환경 삭제 중`,
    succeeded: (name) => `${name} 환경 삭제 완료`,
    failed: (name) => `${name} 환경 삭제 실패`,
    'timed-out': (name) => `${name} 환경 삭제 시간 초과`,
    skipped: (name) => `${name} 환경 삭제 건너뜀`,
    aborted: (name) => `${name} 환경 삭제 중단됨`,
  },
  stillUp: (name) => `${name} 환경이 아직 남아 있습니다`,
  settled: (name) => `${name} 환경을 더 삭제하지 않아도 됩니다`,
  unneeded: (name) => `${name} 환경을 더 켜지 않아도 됩니다`,
  hoursAreOver: '운영 시간이 끝났습니다. 다음 운영 시간에 다시 시작합니다.',
  lostStop: (run) => `${run} 예정된 시각에 삭제되지 않음`,
  begunAt: (time) => `${time}에 시작했습니다.`,
  askedBy: (who) => `요청한 사람: ${who}`,
  took: (duration) => `소요 시간: ${duration}`,
  isDeletedAt: (time) => `따로 유지하지 않으면 ${time}에 삭제합니다.`,
  costsMoney: '삭제될 때까지 비용이 발생합니다.',
  isTriedAgain: '1시간마다 다시 시도하고 다시 알립니다.',
  stopFailed: (time, why) => `${time} 예정 삭제로 지워지지 않았습니다${why && `: ${why}`}.`,
  stopsNow: '스위퍼가 지금 삭제합니다.',
};
