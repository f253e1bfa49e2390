import type { Words } from '../words.ts';

/** What an error means to somebody who does not know AWS's names by heart, and what they can do about it. */
export const meanings: Words['meanings'] = {
  noCapacity:
    '해당 가용 영역에서 이 인스턴스 유형의 용량을 30분 동안 확보하지 못했습니다. 다른 유형이나 영역에서는 가능할 수 있습니다.',
  noAgent:
    '인스턴스의 SSM 에이전트가 온라인이 되지 않았습니다. 에이전트가 설치되어 있는지, 인스턴스 역할과 Systems Manager로 나가는 경로가 있는지 확인하십시오.',
  agentSilent: '인스턴스의 에이전트가 응답하지 않습니다.',
  notAllowed: '역할에 권한이 없습니다. 스테이지 파일을 바꾼 뒤 배포했는지 확인하십시오.',
  nothingDeleted: '아무것도 삭제하지 않았습니다.',
  changeSetWaits: '검토를 기다리는 변경 세트가 있습니다. 실행하거나 삭제하십시오.',
  stuck: '이 상태에서는 CloudFormation도 Lamplighter도 스스로 진행할 수 없습니다.',
};

/** What a person can do, with the command to run as it stands. */
export const todo: Words['todo'] = {
  byHand: (command) => `직접 실행: ${command}`,
  again: (command) => `다시 실행: ${command}`,
  resume: (command) => `문제를 해결한 뒤 재개: ${command}`,
  readLog: '로그에서 원인을 확인하십시오.',
  deployAgain: (until) => `공휴일 정보가 ${until}까지만 있습니다. 다시 배포하면 이후 공휴일도 반영됩니다.`,
};

export const breaker: Words['breaker'] = {
  isOpen: (failures, workload) =>
    `연속 ${failures}회 실패했습니다. 담당자가 재개할 때까지 ${workload} 작업을 더 시작하지 않습니다.`,
};

export const units: Words['units'] = {
  seconds: (count) => `${count}초`,
  minutes: (count) => `${count}분`,
  hours: (hours, minutes) => `${hours}시간${minutes ? ` ${minutes}분` : ''}`,
};
