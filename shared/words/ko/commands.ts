import type { CommandWords } from '../commands.ts';

const said: Record<string, string> = {
  ...{ start: '시작', stop: '중지', keep: '연장', skip: '건너뛰기', pause: '일시 중지', resume: '재개' },
};
const rights: Record<string, string> = {
  ...{ status: '상태 보기', runs: '실행 보기', start: '시작', stop: '중지', extend: '연장', skip: '건너뛰기' },
  ...{ pause: '일시 중지', resume: '재개', approve: '승인', acknowledge: '확인' },
};
const options = { workload: '워크로드', why: '이유', until: '종료 시각', limit: '개수' };
const roles = (ids: string[]) => ids.map((id) => `<@&${id}>`).join(', ');
const until = (end: string | undefined) => (end ? `${end}까지 ` : '');

/** What Discord's commands and buttons say. */
export const commands: CommandWords = {
  descriptions: {
    status: '켜진 것, 사람의 지시, 다음 일정, 문제를 보여 줍니다',
    runs: '최근 실행을 보여 줍니다: 언제, 얼마나 오래, 어떻게 끝났는지',
    start: '워크로드를 지금 시작합니다',
    stop: '워크로드를 지금 중지합니다',
    extend: '켜져 있는 것을 더 늦게까지 켜 둡니다',
    skip: '오늘은 아무것도 시작하지 않습니다',
    pause: '누군가 재개할 때까지 아무것도 시작하지 않습니다',
    resume: '일정으로 돌아갑니다: 일시 중지, 건너뛰기, 연장을 끝냅니다',
  },
  options: {
    workload: '워크로드. 없으면 스테이지 전체',
    theWorkload: '워크로드',
    why: '나중에 궁금해할 사람을 위한 이유',
    until: '22:00, 2026-11-02T22:00 또는 시간대 포함',
    limit: '개수(10)',
  },
  elsewhere: (stage) => `${stage} 스테이지가 받는 Discord 서버가 아닙니다.`,
  notOurs: '여기서 모르는 명령이나 버튼입니다. 명령을 다시 등록하세요: sls ops discord.',
  mayNot: (right, ids) =>
    ids.length > 0
      ? `${rights[right]} 권한이 없습니다. 다음 역할 중 하나가 필요합니다: ${roles(ids)}.`
      : `${rights[right]} 권한이 있는 역할이 스테이지 파일에 없습니다.`,
  missing: (option) => `${options[option]}(${option}) 값이 없습니다. 함께 적어 주세요.`,
  unknown: (command, name, known) =>
    `/${command}에 쓸 수 있는 "${name}"(이)가 없습니다. 쓸 수 있는 것: ${known.join(', ') || '없음'}.`,
  tooLong: (most) => `이유가 너무 깁니다. ${most}자까지 쓸 수 있습니다.`,
  howMany: (most) => `limit: 1부터 ${most}까지의 정수를 적어 주세요.`,
  notHandedOver: (error) => `아무것도 하지 않았습니다(${error}). 다시 말해 보고, 안 되면 sls ops를 쓰세요.`,
  answered: '이미 누군가 답했습니다.',
  late: '아무것도 하지 않았습니다. 5분 안에 아무도 확인하지 않았습니다. 다시 말해 주세요.',
  calledOff: (order, by) => `${by} 님이 취소: ${order}`,
  confirmedBy: (by, other) => `${by}, 확인 ${other}`,
  beingDone: (order, by) => `${by} 님이 확인: ${order} …`,
  ordered: ({ act, workload, until: end }) => `${workload ?? '스테이지 전체'} ${until(end)}${said[act]}`,
  asks: (order, { by, why }) => `**${order}: 진행할까요?**\n${by} 님: ${why}`,
  askedBelow: '무언가를 멈추는 지시입니다. 아래에서 확인해 주세요. 권한이 있는 다른 사람도 할 수 있습니다.',
  done: (what, { by, why }) => `**${what}**\n${by} 님: ${why}`,
  doneBelow: '했습니다.',
  notDone: (message) => `하지 않았습니다. ${message}`,
  notDoneOf: (order, message) => `하지 않았습니다: ${order}. ${message}`,
  failed: (name, message) => `${name}: ${message}`,
  noIncident: '이미 끝난 문제입니다.',
  approved: (what, by) => `${what}, ${by} 님`,
  yes: '예',
  no: '아니요',
  more: (count) => `… 외 ${count}건`,
  noRuns: '아직 실행이 없습니다.',
  runsOf: (workload) => `${workload} 실행`,
  status: {
    title: (stage) => `${stage} 스테이지`,
    next: (start) => `${start} 시작`,
    stops: (end) => `늦어도 ${end}에 꺼짐`,
    goesOn: (run) => `${run} 실행 중`,
    last: (how, key) => `지난 실행 ${how}(${key})`,
    held: (why) => `보류: ${why}`,
    since: (time) => `${time}부터`,
    jobs: (count) => `작업 ${count}개`,
    workers: (count) => `워커 ${count}개`,
    uptime: (percent) => `30일 가동률 ${percent}%`,
    word: (act, by, why, end) =>
      `${by} 님이 ${until(end)}${{ pause: '일시 중지', skip: '건너뛰기', keep: '연장' }[act]}: ${why}`,
    emergency: (by, why) => `${by} 님이 비상 정지: ${why}`,
    overBudget: (usd, limit, end) => `예산 초과, ${limit} 중 ${usd}: ${end}까지 아무것도 시작하지 않습니다`,
    breaker: (failures) => `연속 ${failures}회 실패하여 차단기가 열렸습니다`,
    incident: (title, since, by) => `${since}부터 ${title}${by ? `, ${by} 님이 처리 중` : ''}`,
    spend: (today, limit) => `오늘 ${limit ? `${limit} 중 ` : ''}${today}(추정)`,
    month: (usd) => `이번 달 ${usd}`,
  },
  states: {
    ...{ on: '켜짐', off: '꺼짐', starting: '시작 중', stopping: '중지 중', changing: '변경 중', broken: '고장' },
    ...{ missing: '없음', unknown: '알 수 없음', up: '정상', down: '중단', failing: '불안정', held: '보류' },
    ...{ empty: '비어 있음', waiting: '기다리는 중', working: '처리 중', unreadable: '읽을 수 없음' },
    ...{ running: '진행 중', succeeded: '성공', failed: '실패', 'timed-out': '시간 초과', skipped: '건너뜀' },
    ...{ aborted: '중단됨', recovered: '복구됨', start: '시작', stop: '중지' },
  },
  minutes: (count) => `${count}분`,
  by: (who) => `${who}`,
};
