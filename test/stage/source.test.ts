import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readStage } from '../../shared/stage/read.ts';
import { changed, said, VALID } from './stage-file.ts';

describe('a file that is no YAML', () => {
  const indented = changed('    days: weekdays', '      days: weekdays');

  test.each([
    ['a tab', changed('    days: weekdays', '\tdays: weekdays'), 18, 'a tab', 'spaces', 'indent with two spaces'],
    ['a key too far right', indented, 18, 'a line that fits no level', 'the same indentation', 'line it up'],
    ['a key too far left', changed('    days:', '  days:'), 18, 'a key where', 'one key', 'line keys up'],
    [
      'a key without colon',
      changed('days: weekdays', 'days weekdays'),
      18,
      'a line that is no key',
      'a key',
      'key: value',
    ],
    ['a key twice', changed('days: weekdays', 'kind: batch'), 18, 'a key that its block', 'each key once', 'rename'],
    ['a quote not closed', changed('days: weekdays', 'days: "weekdays'), 18, 'an end', 'a closing quote', 'close what'],
    ['a bracket not closed', changed('[ops@example.com]', '[ops@example.com'), 7, 'an end', 'a closing', 'close what'],
    ['a colon in a text', changed('command: py', 'command: a: py'), 22, 'a key where', 'one key', 'a colon in quotes'],
    ['a backslash', changed('cwd: /srv/app', 'cwd: "/srv\\data"'), 23, 'a backslash', 'an escape', 'in single quotes'],
    ['a reserved sign', changed('cwd: /srv/app', 'cwd: @app'), 23, 'no YAML', 'YAML', 'put texts with : # { } [ ] @ %'],
    ['two documents', `${VALID}---\nregion: x\n`, 33, 'a second document', 'one document', 'take the line --- out'],
    ['an alias of nothing', changed('command: py', 'command: *x #'), 22, 'an alias whose', 'a text', 'with * or &'],
    ['an alias of its parent', changed('{ LOG', '&x { A: *x, LOG'), 25, 'an alias whose', 'a text', 'with * or &'],
    ['a tag', changed('cwd: /srv/app', 'cwd: !Ref /srv/app'), 23, 'a tag', 'a plain value', 'take out the word'],
  ])('%s - said once, at its line, not in the words of the parser', (_, text, line, found, expected, mend) => {
    expect(said(text)).toEqual([
      {
        place: `x.yml:${line}`,
        found: expect.stringContaining(found),
        expected: expect.stringContaining(expected),
        mend: expect.stringContaining(mend),
      },
    ]);
  });

  test('two keys twice - both said', () => {
    const text = changed('user: ec2-user', 'by: ssm', changed('days: weekdays', 'kind: batch'));
    expect(said(text).map(({ place }) => place)).toEqual(['x.yml:18', 'x.yml:24']);
  });

  test('a password that begins with a star - is not repeated', () => {
    const [fault] = said(changed('LOG_LEVEL: INFO', 'PASSWORD: *hunter2'));
    expect(JSON.stringify(fault)).not.toContain('hunter2');
  });
});

describe('a file that is no stage file', () => {
  const whole = 'a stage file: region, timezone, notify, workloads';

  test.each([
    ['empty', '', 'x.yml', 'nothing', 'copy one from examples/ into it'],
    ['only comments', '# nothing yet\n', 'x.yml', 'nothing', 'copy one from examples/ into it'],
    ['a list', '- region: x\n', 'x.yml:1', '"a list"', 'begin each line with a key and a colon'],
    ['a text', 'region ap-northeast-2\n', 'x.yml:1', '"a single text"', 'begin each line with a key'],
  ])('%s - said so', (_, text, place, found, mend) => {
    expect(said(text)).toEqual([{ place, found, expected: whole, mend: expect.stringContaining(mend) }]);
  });

  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-source-'));
  writeFileSync(join(folder, 'prod.yml'), VALID);

  test.each([
    [
      'missing, its name nearly that of another',
      join(folder, 'prd.yml'),
      /found +nothing\n.*\n +mend +did you mean prod\.yml\?/,
    ],
    [
      'missing, its name like no other',
      join(folder, 'staging-2.yml'),
      /mend +copy one from examples\/ to .*staging-2\.yml/,
    ],
    ['missing with its folder', join(folder, 'no', 'dev.yml'), /mend +copy one from examples\/ to .*dev\.yml/],
    ['a folder', folder, /found +"no file that can be read"/],
  ])('%s - said so', (_, file, message) => {
    expect(() => readStage(file)).toThrow(message);
  });
});
