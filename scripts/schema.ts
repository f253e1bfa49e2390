import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { stageSchema } from '../shared/stage/schema.ts';

/** Writes `stage.schema.json`, which gives an editor completion, hints and faults while a stage file is written. */

/** Wherever a text can stand, a reference such as `${env:NAME}` can; what it becomes, only `readStage` can judge. */
const REFERENCE = '\\$\\{env:';

/** The stage file as a JSON Schema; draft 7, which the YAML extensions of editors know best. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(stageSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify(forEditors(schema), null, 2)}\n`;
}

function forEditors(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forEditors);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([key, value]) => keyword(key, value)));
}

function keyword(key: string, value: unknown): [string, unknown][] {
  // References are for values, and a field may have the name of a keyword.
  if (['propertyNames', 'default', 'examples'].includes(key)) return [[key, value]];
  if (key === 'properties')
    return [[key, Object.fromEntries(Object.entries(value ?? {}).map(([name, field]) => [name, forEditors(field)]))]];
  if (key === 'pattern') return [[key, `${value}|${REFERENCE}`]];
  if (key === 'enum') return [['anyOf', [{ enum: value }, { pattern: REFERENCE }]]];
  // The pattern beside a format says the same; the highest integer is no limit that people know.
  if (key === 'format' || value === Number.MAX_SAFE_INTEGER) return [];
  return [[key, forEditors(value)]];
}

if (import.meta.main) writeFileSync(new URL('../stage.schema.json', import.meta.url), jsonSchema());
