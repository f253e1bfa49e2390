import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as errors from '../../shared/errors.ts';

/** What AWS calls its own failures; our functions let them through. */
const OF_AWS = [
  'InsufficientInstanceCapacity',
  'IncorrectInstanceState',
  'UnauthorizedOperation',
  'AccessDeniedException',
];
/** What Step Functions, Lambda and the direct integrations call theirs, `Ssm.ThrottlingException`. */
const OF_SERVICES = /^(States|Lambda|CloudFormation|Dynamodb|Ec2|Scheduler|Sfn|Ssm)\.[A-Z]\w*$/;
/** What every function can throw, by shared/wrap.ts and shared/env.ts. */
const BY_EVERY_FUNCTION = ['InvalidInput', 'ConfigurationMissing'];

const { asError, ...classes } = errors;
const names = Object.keys(classes);

/** Every name in an `ErrorEquals`, by machine. */
function matched(machine: string): string[] {
  const text = readFileSync(join('state-machines', machine, 'definition.asl.yml'), 'utf8');
  return [...text.matchAll(/ErrorEquals:\s*\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.trim()),
  );
}

describe('the named errors', () => {
  test.each(Object.entries(classes))(
    '%s - is called what its class is called, also when a minifier renames it',
    (name, Class) => {
      const error = new Class('why', { cause: 'x' });
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ name, message: 'why', cause: 'x' });
      expect(Object.hasOwn(error, 'name')).toBe(true);
    },
  );

  test.each(readdirSync('state-machines'))('%s - every name that it matches is one that somebody throws', (machine) => {
    const wanted = [...new Set(matched(machine))];
    expect(wanted.length).toBeGreaterThan(0);
    const unknown = wanted.filter((name) => !names.includes(name) && !OF_AWS.includes(name) && !OF_SERVICES.test(name));
    expect(unknown).toEqual([]);
  });

  test('every name that is matched - is thrown somewhere in functions or shared', () => {
    const source = [...files('functions'), ...files('shared')]
      .filter((file) => file.endsWith('.ts') && !file.endsWith('errors.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join();
    const wanted = readdirSync('state-machines').flatMap(matched);
    const ours = [...new Set(wanted)].filter((name) => names.includes(name));
    expect(ours.filter((name) => !source.includes(`new ${name}(`))).toEqual([]);
    expect(ours).toEqual(expect.arrayContaining(BY_EVERY_FUNCTION));
  });
});

describe('asError', () => {
  test('an error - the very same; anything else - its text', () => {
    const error = new Error('x');
    expect(asError(error)).toBe(error);
    expect(asError('odd').message).toBe('odd');
    expect(asError(undefined).message).toBe('undefined');
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file)));
}
