import type { Words } from '../words.ts';

export const severities: Words['severities'] = { info: '정보', success: '정상', warning: '경고', critical: '심각' };

/** What stands around a notice where a channel shows it. */
export const message: Words['message'] = {
  picture: (month) => `${month} 가동 시간과 비용`,
  did: '자동 조치',
  todo: '할 일',
  earlier: '이전 알림',
  more: (count) => `외 ${count}건`,
  stage: (name) => `스테이지 ${name}`,
  whole: '전체 보기',
  resolvedTitle: (title) => `해결됨: ${title}`,
  flappingTitle: (title) => `반복 중: ${title}`,
  openSince: (time) => `${time}부터 계속되고 있습니다`,
  since: (time) => `${time}부터`,
  resolvedAfter: (duration) => `${duration} 만에 해결되었습니다`,
  flapping: (count, time) => `상태가 반복해서 바뀌고 있습니다(${time}부터 ${count}회)`,
  acknowledged: (who, time) => `${who} 님이 ${time}부터 확인하고 있습니다`,
};

/** Why a channel carries a message, or carries it again: before everything else. */
export const because: Words['because'] = {
  reminder: '다시 알림: 아직 해결되지 않았고, 확인한 사람이 없습니다',
  escalated: (within) => `${within ? `${within} 안에 ` : ''}확인한 사람이 없어 이 채널로도 알립니다`,
  answered: (channel, status) => `${channel} 채널이 ${status} 오류로 응답하여 이 채널로 대신 보냅니다`,
  failed: (channel, why) => `${channel} 채널로 보낼 수 없어 이 채널로 대신 보냅니다${why && `: ${why}`}`,
  short: { reminder: '재알림', escalation: '미확인', fallback: '대체' },
};

export const links: Words['links'] = {
  run: '실행',
  log: '로그',
  logs: '로그',
  instance: '인스턴스',
  stack: '스택',
  alarm: '경보',
  dashboard: '대시보드',
};

/** Notices of Lamplighter about itself. */
export const own: Words['own'] = {
  storm: (count, causes) => `알림 ${count}건 추가 발생(원인 ${causes}개)`,
  stormLines: (since) => `${since}부터 하나씩 알리기에는 너무 많습니다. 모두 보관하고 집계하고 있습니다.`,
  stormShare: (workload, count) => `${workload}: ${count}건`,
  stormMore: (workloads) => `그 밖의 워크로드 ${workloads}개`,
  stormTodo: '자격 증명, 할당량, AWS 장애 등 공통된 원인이 있는지 확인하십시오.',
  stormOver: '알림 폭주가 끝났습니다',
  stormOverLines: (count, since) =>
    `${since}부터 ${count}건은 하나씩 알리지 않았습니다. 이제부터 다시 하나씩 알립니다.`,
  test: (stage) => `테스트: ${stage} 알림이 정상 전달됩니다`,
  testIsRoutine: '매일 보내는 알림이며, 문제가 없다는 뜻입니다.',
  testIfMissing: '이 알림이 오지 않는 날에는 채널에 문제가 있는 것입니다. 채널의 큐와 함수 로그를 확인하십시오.',
  alarm: (name, state) => `${name} 경보 상태: ${state}`,
};
