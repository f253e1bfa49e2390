import type { CompiledStage, Rung } from '../stage/compiled.ts';

const RUNGS: Record<Rung, string> = {
  ...{ restart: 'restart', reboot: 'reboot', redeploy: 'new deployment', replace: 'replacement' },
  'stop-start': 'stop and start',
};

const RUNGS_KO: Record<Rung, string> = {
  ...{ restart: '프로세스 재시작', reboot: '인스턴스 재부팅', redeploy: '새 배포', replace: '인스턴스 교체' },
  'stop-start': '인스턴스 중지 후 시작',
};

/** What buttons on notices say: apart from the other words, so that what shows them stays small. */
const en = {
  acknowledge: 'Acknowledge',
  approve: (rung: Rung) => `Approve: ${RUNGS[rung]}`,
};

const LANGUAGES: Record<CompiledStage['notify']['language'], typeof en> = {
  en,
  ko: {
    acknowledge: '확인했습니다',
    approve: (rung) => `승인: ${RUNGS_KO[rung]}`,
  },
};

export function buttonWordsOf({ notify }: Pick<CompiledStage, 'notify'>): typeof en {
  return LANGUAGES[notify.language];
}
