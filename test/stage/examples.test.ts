import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { compileStage } from '../../shared/stage/compile.ts';
import type { EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { readStage } from '../../shared/stage/read.ts';
import { plan } from '../../shared/time/plan-rows.ts';

const FOLDER = 'examples/environment-hours';
const files = readdirSync(FOLDER);

interface Resource {
  Type: string;
  DeletionPolicy?: string;
  Properties: Record<string, unknown>;
}

interface Template {
  Parameters?: Record<string, { Default?: string }>;
  Resources: Record<string, Resource>;
}

/** What is looked at has no functions of CloudFormation but `!Sub`, which is a text here. */
function template(file: string): Template {
  return parse(readFileSync(`${FOLDER}/${file}`, 'utf8'), { logLevel: 'silent' }) as Template;
}

const stage = compileStage(readStage('examples/environment-hours.yml'), 'dev', 2026);
const chat = stage.workloads['chat-app'] as EnvironmentWorkload;
const nested = Object.entries(template('master.yml').Resources).map(
  ([id, { Properties }]) => [id, basename(String(Properties['TemplateURL'])), Properties] as const,
);

describe('the templates of environment-hours', () => {
  test.each(files)('%s - CloudFormation would take it', (file) => {
    const engine = new RegoEngine();
    try {
      const { diagnostics } = engine.validateStandard(new TemplateFile(`${FOLDER}/${file}`));
      expect(diagnostics.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')).toEqual([]);
    } finally {
      engine.free();
    }
  });

  test('the master - has every other one nested, by its name', () => {
    expect(nested.map(([, file]) => file).toSorted()).toEqual(files.filter((file) => file !== 'master.yml').toSorted());
  });

  test.each(nested)(
    '%s - is given every parameter that has no default, and none that it does not know',
    (_, file, properties) => {
      const given = Object.keys((properties['Parameters'] as object | undefined) ?? {});
      const known = Object.entries(template(file).Parameters ?? {});
      expect(known.map(([name]) => name)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(known.flatMap(([name, { Default }]) => (Default ? [] : [name]))));
    },
  );

  test('the stage file - gives every parameter of the master that has no default, and none that it does not know', () => {
    const known = Object.entries(template('master.yml').Parameters ?? {});
    const given = [...Object.keys(chat.stack.parameters), ...chat.images.flatMap(({ parameters }) => parameters)];
    expect(known.map(([name]) => name)).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(known.flatMap(([name, { Default }]) => (Default ? [] : [name]))));
  });

  test('DocumentDB - is copied first; Redis - is accepted to be lost, under its name', () => {
    const { Cluster, Redis } = template('database.yml').Resources;
    expect(Cluster).toMatchObject({ Type: 'AWS::DocDB::DBCluster', DeletionPolicy: 'Snapshot' });
    expect(Redis).not.toHaveProperty('DeletionPolicy');
    expect(chat.dataLoss).toEqual(['DatabaseStack/Redis']);
  });
});

describe('the stage of environment-hours', () => {
  test('its parts around the clock - cost what the source pays, with both instances', () => {
    const monthly = chat.parts.reduce((sum, { count, hourly = 0 }) => sum + count * hourly * 730, 0);
    expect(monthly).toBeCloseTo((2 * 0.023 + 0.178 + 0.017) * 730, 6);
    expect(monthly).toBeCloseTo(175.93, 2);
  });

  test('October 2026 - its working days, less a substitute day and a holiday', () => {
    const from = Date.parse('2026-10-01T00:00+09:00');
    const rows = plan(stage, from, from + 31 * 86_400_000);
    expect(rows.filter(({ skipped }) => skipped).map(({ at, skipped }) => `${at.slice(5, 10)} ${skipped}`)).toEqual([
      '10-05 closed: National Foundation Day (substitute day)',
      '10-09 closed: Hangul Day',
    ]);
    expect(rows.filter(({ skipped }) => !skipped)).toHaveLength(20);
    expect(rows[0]).toMatchObject({ at: '2026-10-01T09:00:00+09:00', stoppedBy: '2026-10-01T18:00:00+09:00' });
  });
});
