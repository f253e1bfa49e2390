import type { Words } from '../words.ts';

/** What is said of an emergency stop, and of people who say contrary things. */
export const emergency: Words['emergency'] = {
  begins: '긴급 정지: 모든 대상을 중지하고 있습니다',
  off: '긴급 정지: 모두 꺼졌습니다',
  going: '긴급 정지: 아직 모두 꺼지지 않았습니다',
  left: (count) => `긴급 정지: ${count}개를 중지하지 못했습니다`,
  resumed: '긴급 정지가 해제되어 재개했습니다',
  by: (who, why) => `요청: ${who}(사유: ${why})`,
  isStopping: (workloads) => `이제 아무것도 시작하지 않습니다. 워크로드 ${workloads}개를 중지하고 있습니다.`,
  isStopped: (what) => `중지함: ${what}`,
  wasOff: (what) => `이미 꺼져 있었음: ${what}`,
  isGoing: (what) => `아직 삭제 중: ${what}`,
  isFinishing: (what) => `워커가 진행 중인 작업을 마치고 있음: ${what}`,
  isMissing: (what) => `존재하지 않음: ${what}`,
  isLeft: (what, why) => `중지하지 못함: ${what}${why && `: ${why}`}`,
  notListed: (why) => `진행 중인 실행을 확인하지 못했습니다: ${why}`,
  gateClosed: '담당자가 재개할 때까지 아무것도 시작하지 않습니다.',
  gateOpen: (why) => `시작을 막지 못해 일정대로 계속 시작합니다: ${why}`,
  closeGate: (command) => `시작 막기: ${command}`,
  startsAgain: '다시 일정에 따라 시작합니다. 중지된 것을 그 전에 따로 시작하지는 않습니다.',
};

export const contrary: Words['contrary'] = {
  title: (workload) => `서로 다른 지시: ${workload}`,
  won: (who, act, why) => `반영됨: ${who} 님의 ${act}: ${why}`,
  lost: (who, act, why) => `반영되지 않음: ${who} 님의 ${act}: ${why}`,
  talk: '서로 상의하십시오. 이후에 다시 지시하면 반영됩니다.',
  stage: '스테이지 전체',
};
