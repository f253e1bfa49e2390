import type { dashboard as english } from '../en/dashboard.ts';

/** 장애가 났을 때 사람이 살펴보는 순서대로 적은 대시보드의 제목. */
export const dashboard: typeof english = {
  title: (stage) => `Lamplighter ${stage}: 장애 시 확인 순서`,
  howTo: (status, incidents) =>
    `위에서부터 차례로 확인하십시오. 무엇이 켜져 있는지는 \`${status}\`, 무엇이 열려 있는지는 \`${incidents}\`로 볼 수 있습니다. 시각은 브라우저 기준입니다.`,
  outside: '1. 외부 확인: 응답하는가?',
  checks: '1분마다 하는 확인',
  checkFailures: '확인 결과 로그',
  logs: '2. 로그: 마지막으로 남긴 말은?',
  errors: '프로세스와 nginx의 오류',
  metrics: '3. 지표: 무엇이 부족한가?',
  cpu: 'CPU (%)',
  memory: '메모리 (%)',
  disk: '가장 찬 디스크 (%)',
  swap: '스왑 (%)',
  network: '네트워크 (바이트)',
  statusCheck: '상태 검사 실패',
  processes: '프로세스',
  alarms: '4. 경보: 언제부터인가?',
  notices: '5. 알림: 사람에게 전달되었는가?',
  told: '알림 수와 가장 오래 기다린 알림 (초)',
  lost: '전달을 포기한 알림',
  recovery: '6. 복구: 무엇을 했는가?',
  recoveries: '복구 실행',
  recovered: '서버에서 실행한 복구의 결과',
};
