import type { queueDashboard as english } from '../en/queue-dashboard.ts';

/** 큐 대시보드의 제목. 함수가 쓰지 않으므로 다른 말과 따로 둔다. */
export const queueDashboard: typeof english = {
  title: (stage) => `Lamplighter ${stage}: 큐와 워커`,
  howTo: (status, doctor) =>
    `위에서부터 차례로 확인하십시오. 워커가 몇이고 왜 그런지는 \`${status}\`, 필요한 것 중 무엇이 잘못되었는지는 \`${doctor}\`로 볼 수 있습니다. 선이 끊긴 곳은 재지 못한 것이며 0이 아닙니다. 시각은 브라우저 기준입니다.`,
  work: '1. 작업: 줄어드는가?',
  backlog: '워커가 필요한 작업',
  oldest: '가장 오래 기다린 작업 (초)',
  throughput: '1분 동안 들어온 작업과 끝난 작업',
  workers: '2. 워커: 필요한 만큼 있는가?',
  running: '실행 중인 워커',
  wanted: '필요한 워커',
  failures: '3. 실패: 작업이 되돌아오는가?',
  errors: '실패한 작업 (%)',
  failed: '남아 있는 실패한 작업',
  unreadable: '큐를 읽지 못한 분',
  host: '4. 호스트: 무엇이 부족한가?',
  memory: 'Redis 메모리 (%)',
  cpu: '호스트 CPU (%)',
  alarms: '5. 경보: 언제부터인가?',
  logs: '6. 로그: 마지막으로 남긴 말은?',
  tending: '큐를 돌보는 함수의 로그',
  ofWorkers: '워커의 로그',
};
