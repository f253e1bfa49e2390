import type { BudgetWords } from '../budget.ts';

/** What is said of the spending; amounts are US dollars. */
export const budget: BudgetWords = {
  dailyTitle: (of, limit) => `${of}: 일일 한도 ${limit} 도달`,
  daily: (spent, time) => `${time} 기준 오늘 추정 비용은 ${spent}입니다.`,
  nothingStarts: (time) => `${time}까지 새로 시작하지 않습니다. 실행 중인 것은 계획대로 끝나고 중지됩니다.`,
  letGo: (command) => `오늘 다시 시작하게 하려면: ${command}`,
  lookForIt: '꺼져 있어야 하는데 켜져 있는 것이 있는지 확인하십시오.',
  burnTitle: (of, limit, time) => `${of}: 이 추세면 ${time}에 한도 ${limit} 도달`,
  burn: (spent, time) => `켜져 있는 것이 계획대로 계속되면 ${time}에 한도에 도달합니다. 현재 ${spent}입니다.`,
  unknownTitle: '비용을 모두 알 수 없습니다',
  unknown: (what) => `추정에 포함되지 않음: ${what}.`,
  unknownIsNotZero: '한도는 나머지 비용만 기준으로 합니다.',
  addPrices:
    '빠진 가격은 스테이지 파일의 prices에 추가하고 배포하십시오. 확인하지 못한 이유는 guard-cost 로그에 있습니다.',
  estimate: '이 스테이지가 다루는 대상의 정가 기준 추정입니다. 데이터 전송, 요청, 세금, 할인은 제외됩니다.',
  emergency: (spent, limit) => `비용 ${spent}, 한도 ${limit}`,
  billTitle: '청구 금액을 읽지 못했습니다',
  billFailed: (error) => `Cost Explorer 응답: ${error}`,
  billStale: (day) => `청구 금액은 ${day}까지만 확인되었습니다.`,
  billEstimates: '확인될 때까지 한도는 당일과 마찬가지로 추정만으로 판단합니다.',
  billMend:
    '결제 콘솔에서 Cost Explorer를 한 번 여십시오(시작까지 하루가 걸립니다). 이 계정이 비용을 볼 수 있게 하십시오.',
};
