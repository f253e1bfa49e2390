import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Rehearsal, type Report, rehearse } from '../../rehearsal/index.ts';
import type { RunReport } from '../../rehearsal/report.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import type { STAGES } from '../package-stages.ts';

/** The packaged stages of `test/package-stages.ts`. */
export type StageName = keyof typeof STAGES;

/** A packaged stage, ready to be rehearsed, in a bundle where there is one: there are hundreds of rehearsals. */
export function packaged(name: StageName): Pick<Rehearsal, 'template' | 'stage' | 'stageFile' | 'root' | 'bundle'> {
  const bundle = process.env['BUNDLED_REHEARSAL'];
  const folder = join(process.env['PACKAGED_STAGES'] ?? '', name);
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return {
    template: read('cloudformation-template-update-stack.json'),
    stage: read('stage.json'),
    stageFile: join(folder, 'stage.json'),
    root: process.cwd(),
    ...(bundle && { bundle }),
  };
}

type Options = {
  stage?: StageName;
  from?: string;
  days?: number;
  seed?: number;
  template?: Rehearsal['template'];
  /** Another stage than the one that was packaged, as the functions read it. */
  compiled?: Rehearsal['stage'];
  /** What the functions alone read in its place: the laws know better. */
  told?: Rehearsal['stage'];
  /** Local time of the last day at which it ends; midnight without it. */
  until?: string;
  /** The law whose first violation ends it. */
  brokenAt?: number;
};

/** Rehearses a scenario, two days of the example unless told otherwise. */
export function act(
  scenario: object,
  {
    stage = 'ec2-batch',
    from = '2026-11-02',
    days = 2,
    seed = 1,
    template,
    compiled,
    told = compiled,
    until,
    brokenAt,
  }: Options = {},
): Promise<Report> {
  const ready = packaged(stage);
  return rehearse({
    ...ready,
    ...(compiled && { stage: compiled }),
    ...(told && { stageFile: written(told) }),
    ...(until && { until }),
    ...(brokenAt && { endsWith: brokenAt }),
    template: template ?? ready.template,
    scenario: parseScenario(scenario),
    from,
    days,
    seed,
  });
}

function written(stage: Rehearsal['stage']): string {
  const file = join(mkdtempSync(join(tmpdir(), 'lamplighter-stage-')), 'stage.json');
  writeFileSync(file, JSON.stringify(stage));
  return file;
}

/** A state machine of a packaged stage, by its logical id. */
export function machineOf(name: StageName, id: string): { StartAt: string; States: Record<string, object> } {
  const properties = packaged(name).template.Resources[id]?.Properties as
    | { DefinitionString: string | { 'Fn::Sub': [string, object] } }
    | undefined;
  if (!properties) throw new Error(`the stage ${name} has no machine ${id}`);
  const { DefinitionString: text } = properties;
  return JSON.parse(typeof text === 'string' ? text : text['Fn::Sub'][0]);
}

/** The runs of a workload, by default the example's. */
export function runsOf(report: Report, workload = 'makenaide'): RunReport[] {
  const found = report.workloads[workload]?.runs;
  if (!found) throw new Error(`the report has no workload ${workload}`);
  return found;
}

/** The notices that are no routine, as `severity: title`. */
export function loud(report: Report): string[] {
  return report.notices
    .filter(({ severity }) => severity === 'warning' || severity === 'critical')
    .map(({ severity, title }) => `${severity}: ${title}`);
}
