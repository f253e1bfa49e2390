import type { Problem } from '../../queues/problems.ts';

/** Why a queue could not be read. */
export const PROBLEMS: Record<Problem, (...values: string[]) => string> = {
  wrongPassword: () => '사용자 이름이나 비밀번호가 맞지 않습니다',
  noPassword: () => '비밀번호가 필요한데 설정되어 있지 않습니다',
  notAllowed: (error) => `사용자에게 권한이 없습니다(${error})`,
  wrongType: () => '대기열의 키가 라이브러리가 쓰는 형식이 아닙니다',
  loading: () => '데이터를 불러오는 중입니다',
  noDatabase: () => '해당 번호의 데이터베이스가 없습니다',
  elsewhere: () => '대기열이 클러스터의 다른 노드에 있습니다',
  noTls: () => 'TLS를 사용하지 않는 서버입니다',
  noRedis: () => 'Redis 서버가 아닌 것 같습니다',
  hungUp: () => '연결이 끊어졌습니다',
  saysError: (error) => `오류로 응답합니다(${error})`,
  noQueue: () => '대기열이 없습니다',
  notOurs: (error) => `대기열을 볼 권한이 없습니다(${error})`,
  noJson: () => '응답이 JSON이 아닙니다',
  noNumbers: (fields) => `응답에 숫자가 없거나 잘못되었습니다(${fields})`,
  tooLong: () => '응답이 너무 깁니다',
};
