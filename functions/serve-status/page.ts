import type { CompiledStage, StatusPage } from '../../shared/stage/compiled.ts';
import { utc } from './utc.ts';

/** What both answers begin with. */
export function headOf(stage: CompiledStage, now: number) {
  const { title } = pageOf(stage);
  const { language } = stage.notify;
  return { version: 1 as const, stage: stage.stage, title, at: utc(now), language, timezone: stage.timezone };
}

/** What the stage file asks for; of a stage that asks for nothing, what it would be without a word. */
export function pageOf({ status, stage }: Pick<CompiledStage, 'stage' | 'status'>): StatusPage {
  return status ?? { access: 'public', origins: [], title: stage, spending: true };
}

/** The stage as if it had only what is shown. */
export function shownOf(stage: CompiledStage): CompiledStage {
  const show = stage.status?.show;
  if (!show) return stage;
  const among = <T>(named: Record<string, T>) =>
    Object.fromEntries(Object.entries(named).filter(([name]) => show.includes(name)));
  return {
    ...stage,
    workloads: among(stage.workloads),
    services: among(stage.services),
    queues: among(stage.queues),
  };
}
