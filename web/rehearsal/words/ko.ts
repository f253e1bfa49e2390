import type { RehearsalWords } from '../words.ts';

export const ko: RehearsalWords = {
  title: (stage) => `${stage} 리허설`,
  rehearsed: (days, seconds, seed) => `${days}일을 ${seconds}초 만에 리허설 · 시드 ${seed}`,
  verdict: {
    kept: '모든 법칙이 지켜졌습니다',
    broken: (count) => `법칙 위반 ${count}건`,
    law: (law) => `법칙 ${law} 위반`,
  },
  figures: { cost: '비용', runs: '실행', notices: '알림', control: 'Lamplighter 자체' },
  instead: (usd) => `상시 가동 시 ${usd}`,
  saved: (percent) => `${percent} % 절감`,
  aMonth: '한 달',
  ofThemFailed: (count) => (count === 0 ? '실패 없음' : `실패 ${count}건`),
  ofThemLoud: (count) => (count === 0 ? '모두 일상 알림' : `읽어야 할 것 ${count}건`),
  ofThemDown: (hours) => `모두 ${hours}시간 중단`,
  sections: {
    ...{ timeline: '일어난 일', violations: '위반된 법칙', days: '일별', services: '장애' },
    ...{ pipelines: '파이프라인', queues: '큐', notices: '알림', workloads: '워크로드' },
    control: 'Lamplighter 자체 비용',
  },
  howToGo: '타임라인: +와 −로 확대·축소, 0으로 전체 보기, 화살표 키로 이동',
  hint: '표시를 열면 상태와 알림을 볼 수 있습니다. 키: + − 0 확대·축소, 화살표로 이동.',
  zoom: { nearer: '확대', farther: '축소', all: '전체', week: '1주', day: '1일', hours: '3시간' },
  lanes: { violations: '위반', faults: '주입한 장애', loud: '경고' },
  laneOf: (name, count) => `${name}: ${count}건`,
  kinds: { batch: '배치', environment: '환경', service: '서비스', queue: '큐', pipeline: '파이프라인' },
  lit: '켜짐',
  tones: {
    ...{ well: '성공', off: '건너뜀', going: '실행 중', bad: '실패·중단·심각' },
    ...{ warn: '주입한 장애', notice: '경고' },
  },
  statuses: {
    ...{ succeeded: '성공', failed: '실패', 'timed-out': '시간 초과', skipped: '건너뜀', aborted: '중단됨' },
    ...{ running: '실행 중', 'passed-over': '지나침' },
  },
  severities: { info: '정보', success: '성공', warning: '경고', critical: '심각' },
  acts: { start: '시작', stop: '중지' },
  starters: {
    ...{ schedule: '스케줄', sweeper: '스위퍼', checks: '상태 확인', alarm: '경보' },
    ...{ 'catch-up': '밀린 실행', 'guard-cost': '비용 감시' },
  },
  incidents: {
    ...{ crash: '비정상 종료', hang: '멈춤', 'slow-death': '서서히 느려짐', 'disk-full': '디스크 가득 참' },
    ...{ zone: '가용 영역 장애', 'status-check': '상태 검사 실패', flapping: '불안정', certificate: '인증서 만료' },
    network: '우리 쪽 네트워크',
  },
  rungs: {
    ...{ restart: '재시작', reboot: '재부팅', 'stop-start': '중지 후 시작', redeploy: '재배포' },
    replace: '교체',
  },
  helpers: {
    ...{ restart: '재시작', reboot: '재부팅', 'stop-start': '중지 후 시작', redeploy: '재배포' },
    ...{ replace: '교체', 'a person': '사람', itself: '저절로' },
  },
  queue: {
    ...{ backlog: '밀린 작업', workers: '필요한 워커', unmeasured: '측정되지 않음' },
    most: (backlog, workers) => `밀린 작업 최대 ${backlog}개, 워커 최대 ${workers}개`,
  },
  sheet: {
    ...{ close: '닫기', before: '이전', next: '다음', scheduledFor: '예정 시각', by: '시작한 쪽' },
    ...{ started: '시작', took: '걸린 시간', job: '작업', exitCode: '종료 코드', on: '인스턴스 가동', why: '이유' },
    ...{ states: '상태', steps: '단계', did: '조치', notices: '알림', meanwhile: '그때 함께' },
    ...{ history: '여기까지의 과정', wasDown: '중단 시간', noticed: '알린 시각', helped: '해결' },
    ...{ byPinger: '핑거만 있었다면', generation: '시작 횟수', lasted: '복구 시각', warnings: '경고' },
  },
  recovery: '복구 시작',
  fault: '주입한 장애',
  tries: (count) => `${count}번 확인`,
  notLeft: '끝나지 않음',
  notices: {
    ...{ did: '조치한 일', todo: '할 일', undelivered: '전달 포기', of: '/', none: '알린 것이 없습니다.' },
    all: (count) => `전체 ${count}건`,
    loud: (count) => `읽어야 할 것 ${count}건`,
  },
  table: { asTable: '표로 보기', day: '날짜', of: (what) => `${what} 표` },
  plots: {
    ...{ spend: '일별 비용', hours: '일별 가동 시간', workers: '일별 워커 시간', alwaysOn: '상시 가동' },
    ...{ guard: '비용 감시(UTC 날짜 기준)', reckoned: '추정', billed: '청구' },
  },
  workloads: {
    ...{ name: '워크로드', runs: '실행', hours: '가동 시간', alwaysOn: '상시 가동', actual: '리허설 결과' },
    ...{ saved: '절감', parts: '구성 요소', each: '개수', price: '시간당' },
  },
  services: {
    ...{ incident: '장애', since: '중단 시각', noticed: '알리기까지', helped: '해결', down: '중단 시간' },
    ...{ pingerNoticed: '핑거: 알리기까지', pingerDown: '핑거: 중단 시간', never: '없음', before: '전' },
    total: (noticed, of, toNotice, down, hours) =>
      `${of}건 중 ${noticed}건 알림, 절반은 ${toNotice} 안에. 중단 시간 중앙값 ${down}, 모두 ${hours}시간`,
    with: () => '핑거만 있었다면',
  },
  pipelines: {
    ...{ step: '단계', needs: '선행 단계', succeeded: '성공', failed: '실패', passedOver: '지나침' },
    ...{ tries: '재시도', half: '절반이 걸린 시간', longest: '최장', counted: '집계' },
    after: (name) => `${name} 다음`,
    perRun: (half, longest) => `실행의 절반은 ${half} 이내, 최장 ${longest}`,
  },
  queues: {
    ...{ queue: '큐', jobs: '작업', done: '완료', failed: '실패', left: '남음', half: '대기(절반)' },
    ...{ p95: '대기(95 %)', most: '최장 대기', workers: '워커', hours: '시간', cost: '비용', saved: '절감' },
    burst: (jobs, at, begun, empty) =>
      `${at}에 작업 ${jobs}개가 한꺼번에: 모두 시작까지 ${begun}, 비워지기까지 ${empty}`,
    never: '끝내 없음',
    lost: (repeated, lost) => `워커가 강제 종료되어 작업 ${repeated}개를 다시 시작했고 ${lost}개를 잃었습니다`,
    unmeasured: (minutes) => `${minutes}분 동안 측정되지 않음`,
  },
  control: {
    ...{ item: '항목', month: '한 달', calls: 'API 호출', operation: '작업', count: '횟수' },
    ...{ channel: '채널', posted: '게시', edited: '수정', refused: '거절' },
    sum: (cost, invocations, transitions) =>
      `정가로 한 달 ${cost}(프리 티어 제외), 함수 호출 ${invocations}회, 상태 전이 ${transitions}회.`,
  },
  foot: (zone) => `시각은 ${zone} 기준입니다. sls rehearse로 만들었으며 외부에서 가져오는 것은 없습니다.`,
};
