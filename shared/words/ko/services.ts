import type { ServiceWords } from '../services.ts';

/** What is said of what is watched from outside. */
export const services: ServiceWords = {
  down: (name) => `${name} 서비스 중단`,
  found: (check, problem) => `${check} 확인 결과: ${problem}.`,
  failingSince: (count, time) => `${time}부터 연속 ${count}회 실패했습니다.`,
  nothingRecovers: '1분마다 확인하며 복구되면 알립니다. 자동으로 조치하지는 않습니다.',
  recovers: (steps) => `허용되는 범위에서 자동으로 복구합니다: ${steps}.`,
  rungs: {
    restart: '재시작',
    reboot: '재부팅',
    'stop-start': '중지 후 시작',
    redeploy: '새 배포',
    replace: '교체',
  },
  look: '외부 접속, 로그, 지표, 경보 순서로 확인하십시오.',
  up: (name) => `${name} 서비스 정상화`,
  wasDown: (check, duration, from, to) =>
    `${check} 응답이 정상입니다. ${from}부터 ${to}까지 ${duration} 동안 중단되었습니다.`,
  off: (name) => `${name} 계획된 중지`,
  isOff: (check, duration) =>
    `${check} 확인이 ${duration} 동안 실패했으나, 지금은 계획대로 꺼져 있으므로 응답하지 않는 것이 정상입니다.`,
  unnamed: (name) => `${name} 감시 종료`,
  isUnnamed: (check) => `${check} 항목이 스테이지 파일에 더 이상 없습니다. 정상화되었는지는 알 수 없습니다.`,
  ending: (name, days) => `${name}: 인증서 만료 ${days}일 전`,
  endsAt: (check, date) => `${check} 인증서가 ${date}에 만료됩니다. 그 뒤에는 접속할 수 없습니다.`,
  renew: '인증서를 갱신하거나, 자동으로 갱신되지 않은 이유를 확인하십시오.',
  renewed: (name) => `${name}: 인증서 갱신됨`,
  isRenewed: (check) => `${check} 인증서의 만료일이 다시 충분히 남았습니다.`,
  unseen: (name) => `${name} 상태를 알 수 없습니다`,
  isUnseen: (check, problem, minutes) =>
    `${check} 확인 결과: ${problem}. ${minutes}분째 알 수 없으며, 정상으로도 중단으로도 보지 않습니다.`,
  mendUnseen: 'check-health 로그에서 이유를 확인하십시오. 하트비트는 서버가 보내야 합니다.',
  seen: (name) => `${name} 상태를 다시 알 수 있습니다`,
  isSeen: (check) => `${check} 상태가 다시 확인됩니다.`,
  blind: '기준 주소가 응답하지 않습니다',
  isBlind: (address, problem) => `${address} 확인 결과: ${problem}.`,
  blindMeans: '우리 쪽 문제일 수 있으므로, 응답할 때까지 어떤 것도 중단으로 보지 않고 복구하지 않습니다.',
  mendBlind: '기준 주소가 정상이면 AWS 네트워크를 확인하고, 없어진 주소이면 control에 다른 주소를 지정하십시오.',
  sees: '기준 주소가 다시 응답합니다',
  isSeeing: (address) => `${address} 주소가 응답하므로 실패를 다시 중단으로 봅니다.`,
  digest: {
    titles: {
      daily: (services, downtimes) => `일일 요약: 서비스 ${services}개, 중단 ${downtimes}회`,
      weekly: (services, downtimes) => `주간 요약: 서비스 ${services}개, 중단 ${downtimes}회`,
      monthly: (services, downtimes) => `월간 요약: 서비스 ${services}개, 중단 ${downtimes}회`,
    },
    service: (name, how) => `${name} 상태: ${how}`,
    up: (percent) => `가동률 ${percent}%`,
    unwatched: '확인 기록 없음',
    down: (count, duration, longest) => `중단 ${count}회(합계 ${duration}, 최장 ${longest})`,
    helped: (count) => `자동 복구 ${count}회`,
    left: (count) => `사람이 처리할 중단 ${count}회`,
  },
  check: '확인 대상',
  instance: '인스턴스',
  log: '확인 로그',
};
