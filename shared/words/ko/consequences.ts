import type { ConsequenceWords } from '../consequences.ts';

/** What a person's word would do, said before it is done. */
export const consequences: ConsequenceWords = {
  times: {
    until: (end) => `${end}까지`,
    today: '오늘',
    untilResumed: '누군가 재개할 때까지',
  },
  held: { pause: '일시 중지', skip: '건너뛰기', keep: '연장' },
  said: (act, by, why) => `${act} 지시가 끝납니다(${by} 님: ${why})`,
  stageSaid: (act, by, why) => `스테이지 전체의 ${act} 지시가 끝납니다(${by} 님: ${why})`,
  allowed: (spent, limit) => `오늘 한도 ${limit} 중 ${spent}(을)를 썼지만 다시 시작할 수 있게 됩니다`,
  instance: '인스턴스',
  stack: '스택',
  acts: { start: '시작', stop: '중지', run: '실행' },
  goesOn: (act, run) => `${act} 작업이 진행 중입니다(${run}). 기다리거나 건너뛸 수 있습니다`,
  wouldBeSkipped: (why) => `건너뛰게 됩니다. ${why}`,
  runBegins: '지금 실행을 시작합니다',
  isCreated: (what, when) => `지금 ${what}을 만듭니다${when && `. ${when} 유지합니다`}`,
  nothingCutOff: '진행 중인 실행이 없어 끊기는 것이 없습니다',
  notOurs: (what, now) => `. ${what} 상태는 ${now}이며, 우리 실행이 끄지 않습니다`,
  isCutOff: (run, what) => `${run} 실행을 끊고 ${what}를 중지합니다`,
  isDeleted: (what) => `${what}을 삭제합니다. 데이터를 잃게 되면 삭제하지 않습니다`,
  isAlready: (what, now) => `${what} 상태가 이미 ${now}입니다`,
  notStopped: (when) => `${when && `${when} `}중지하지 않습니다`,
  atMostDeadline: '(길어도 실행의 제한 시간까지)',
  nothingStarts: (when) => `${when} 아무것도 시작하지 않습니다`,
  theNext: (start) => `. 다음 시작은 ${start}입니다`,
  endsAsPlanned: (run, when) => `진행 중인 것(${run})은 계획대로 끝나고, ${when} 아무것도 시작하지 않습니다`,
  noLongerKept: (by, why) => `연장이 끝나(${by} 님: ${why}) 다른 이유가 없으면 중지됩니다`,
  forgotten: (failures) => `연속 실패 ${failures}회를 지웁니다`,
  stoppedNow: (what, now) => `${what}(${now})을(를) 지금 중지합니다`,
  andCutOff: (run) => `. ${run} 실행을 끊습니다`,
  is: (what, now) => `${what} 상태: ${now}`,
  pipeline: {
    skipped: (run) => `${run} 실행이 진행 중이므로 이번 것은 건너뛰게 됩니다`,
    cutOff: (run) => `${run} 실행과 그 명령, 태스크를 끊습니다. DAG 실행, 함수, 호출은 계속됩니다`,
    nothingToKeep: '켜 둘 것이 남지 않는 작업입니다',
    cutOffForGood: (run) =>
      `${run} 실행과 그 명령, 태스크를 끊고 새 실행도 시작하지 않습니다. DAG 실행, 함수, 호출은 계속됩니다`,
    noRun: '새 실행을 시작하지 않습니다',
  },
  service: {
    watched: (now, what, when) => `감시는 계속되며(현재 ${now}), ${when} ${what}`,
    notRecovered: '복구하지 않습니다',
    notTold: '중단을 알리지도 복구하지도 않습니다',
  },
  queue: {
    running: (count) => `현재 ${count}개 실행 중`,
    unknown: '실행 중인 개수를 알 수 없음',
    kept: (when, running) => `${when && `${when} `}워커를 줄이지 않습니다(${running})`,
    held: (when, running) =>
      `${when} 워커를 늘리지 않아 작업이 기다립니다. 실행 중인 워커는 하던 일을 마칩니다(${running})`,
    stopped: (running) => `모든 워커가 하던 일을 마치는 대로 중지되고(${running}) 작업은 기다립니다`,
    refused: '거부됩니다. 워커 수는 큐를 따릅니다',
  },
  now: {
    ...{ on: '켜짐', off: '꺼짐', starting: '시작 중', stopping: '중지 중', changing: '변경 중', broken: '고장' },
    ...{ missing: '없음', unknown: '알 수 없음', up: '정상', down: '중단', failing: '불안정', held: '보류' },
  },
  nothing: '달라지는 것이 없습니다',
  orders: {
    ...{ start: '시작', stop: '중지', keep: '연장', skip: '건너뛰기', pause: '일시 중지', resume: '재개' },
    'emergency-stop': '비상 정지',
  },
  everything: (stage) => `${stage} 전체`,
};
