import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { jsonSchema } from '../../scripts/schema.ts';
import { StageFileInvalid } from '../../shared/stage/faults.ts';
import { readStage } from '../../shared/stage/read.ts';
import { changed, ENVIRONMENT, PIPELINE, QUEUE, RAW, SERVICE, stageFile, VALID } from './stage-file.ts';

// Ajv comes with the framework; what judges the schema should not be what made it.
const { Ajv } = createRequire(import.meta.url)('ajv') as {
  Ajv: new (options: object) => { compile: (schema: object) => (data: unknown) => boolean };
};
const root = new URL('../../', import.meta.url);
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(jsonSchema()));

/** Anything that a person could put where it does not belong. */
const MISFITS = [null, '', 'x y', '${env:UNSET}', 0, -1, 7, 1.5, true, [], [7], ['x'], [[]], {}, { x: 7 }, [{ x: 7 }]];
/** One of each form: the fields of queues are made of the same parts as the others, and all of these take time. */
const SOME_MISFITS = [null, 'x y', -1, 1.5, true, ['x'], { x: 7 }];
/** The same once more. */
const FEW_MISFITS = [-1, { x: 7 }];

describe('stage.schema.json', () => {
  test('the schema as it is - is what the file has', () => {
    const file = readFileSync(new URL('stage.schema.json', root), 'utf8');
    // When this fails: npm run schema
    expect(file).toBe(jsonSchema());
  });

  test.each(stageFiles())('%s - fits it, and is read', (file) => {
    expect(validate(parse(readFileSync(new URL(file, root), 'utf8')))).toBe(true);
    expect(() => readStage(new URL(file, root).pathname)).not.toThrow();
  });

  test.each([
    ['a batch', VALID],
    ['an environment', ENVIRONMENT],
    ['services', SERVICE],
    ['queues', QUEUE],
    ['pipelines', PIPELINE],
  ])('every field of %s - fits it', (_, text) => {
    expect(validate(parse(text))).toBe(true);
  });

  test('references to the environment - fit it wherever a text does', () => {
    const text = ['region: ap-northeast-2', 'i-0123456789abcdef0', 'deadline: 2h', 'by: ssm', 'cwd: /srv/app'].reduce(
      (so, from) => changed(from, from.replace(/[\w/-]+$/, '"${env:X}"'), so),
      VALID,
    );
    expect(validate(parse(text))).toBe(true);
  });

  test.each([
    ['an unknown key', 'cwd: /srv/app', 'cdw: /srv/app'],
    ['an unknown kind', 'kind: batch', 'kind: bach'],
    ['a wrong time', '"02:00"', '2:00'],
    ['a date that does not exist', '2026-12-31', '2026-02-30'],
    ['a number as text', 'LOG_LEVEL: INFO', 'LOG_LEVEL: 5'],
    ['a webhook in clear', '"ssm:/lamplighter/dev/discord"', 'https://example.com/hook'],
    ['a name with a capital', '  nightly:', '  Nightly:'],
  ])('%s - does not fit it', (_, from, to) => {
    expect(validate(parse(changed(from, to)))).toBe(false);
  });

  test.each([
    ['an unknown key', 'role:', 'rol:'],
    ['a template that is a file', 's3://example-templates/chat/master.yml', 'master.yml'],
    ['an unknown capability', 'CAPABILITY_IAM', 'CAPABILITY_ALL'],
    ['hours without an end', 'from: "09:00", to: "18:00"', 'from: "09:00"'],
  ])('an environment with %s - does not fit it', (_, from, to) => {
    expect(validate(parse(changed(from, to, ENVIRONMENT)))).toBe(false);
  });

  test('every field - is described, by itself or by its title', () => {
    expect(undescribed(JSON.parse(jsonSchema()))).toEqual([]);
  });
});

describe('a value where it does not belong', () => {
  const everywhere = [
    ...paths(parse(VALID)).map((path) => [path, VALID]),
    ...paths((parse(ENVIRONMENT) as { workloads: unknown }).workloads, 'workloads').map((path) => [path, ENVIRONMENT]),
    ...servicePaths().map((path) => [path, SERVICE]),
    ...eachPipeline().flatMap((text) => pipelinePaths(text).map((path) => [path, text, FEW_MISFITS])),
    ...eachQueue().flatMap((text) => queuePaths(text).map((path) => [path, text, SOME_MISFITS])),
  ] as [string, string, unknown[]?][];

  test.each(everywhere)('%s - said in our words, each with a way to mend it', (path, text, misfits = MISFITS) => {
    const [file, place] = [parse(text), path.split('/')];
    const messages = misfits.flatMap((misfit) => {
      // JSON is YAML, and written in a tenth of the time.
      const faults = faultsIn(JSON.stringify(replaced(file, place, misfit)));
      return faults.map(({ expected, mend }) => `expected ${expected}, mend ${mend}`);
    });

    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) {
      expect(message).not.toMatch(RAW);
      expect(message).toMatch(/^expected \S.*, mend \S/);
    }
  });
});

function servicePaths(): string[] {
  const { control, workloads } = parse(SERVICE) as { control: string; workloads: Record<string, unknown> };
  return paths({ control, workloads: { ...workloads, nightly: undefined } }).filter((path) => !/nightly/.test(path));
}

/** The same for pipelines, none of which follows another here. */
function eachPipeline(): string[] {
  const { workloads, ...rest } = parse(PIPELINE) as { workloads: Record<string, { kind: string; after?: string }> };
  return Object.entries(workloads).flatMap(([name, { after, ...pipeline }]) =>
    pipeline.kind === 'pipeline'
      ? [stringify({ ...rest, workloads: { [name]: { ...pipeline, ...(after && { at: ['16:30'] }) } } })]
      : [],
  );
}

/** What a function is given can be anything. */
function pipelinePaths(text: string): string[] {
  const { workloads } = parse(text) as { workloads: unknown };
  return paths({ workloads }).filter((path) => !path.includes('/payload/'));
}

/** A file for each queue: what is read some thousand times had better be short. */
function eachQueue(): string[] {
  const { workloads, ...rest } = parse(QUEUE) as { workloads: Record<string, unknown> };
  return Object.entries(workloads).map(([name, queue]) => stringify({ ...rest, workloads: { [name]: queue } }));
}

function queuePaths(text: string): string[] {
  const { network, workloads } = parse(text) as { network: unknown; workloads: Record<string, unknown> };
  return paths({ ...('crawl' in workloads && { network }), workloads });
}

function stageFiles(): string[] {
  return ['examples/', 'stages/'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith('.yml'))
      .map((name) => folder + name),
  );
}

function faultsIn(text: string) {
  try {
    readStage(stageFile(text), {});
    return [];
  } catch (error) {
    if (!(error instanceof StageFileInvalid)) throw error;
    expect(error.message).not.toMatch(RAW);
    return error.faults;
  }
}

/** Every place in a file, `workloads/nightly/run`. */
function paths(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path];
  const below = Object.entries(value).flatMap(([key, entry]) => paths(entry, path ? `${path}/${key}` : key));
  return path ? [path, ...below] : below;
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const entries = Object.entries(value as object).map(([name, entry]) => [
    name,
    name === key ? replaced(entry, rest, by) : entry,
  ]);
  return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

/** Fields that an editor could say nothing about; a kind says it by its title. */
function undescribed(schema: unknown, path = ''): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const properties = (schema as { properties?: Record<string, { description?: string }> }).properties ?? {};
  const silent = Object.entries(properties)
    .filter(([name, field]) => name !== 'kind' && !field.description)
    .map(([name]) => `${path}/${name}`);
  return [...silent, ...Object.entries(schema).flatMap(([key, part]) => undescribed(part, `${path}/${key}`))];
}
