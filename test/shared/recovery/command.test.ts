import { describe, expect, test } from '@jest/globals';
import { PARAMETERS } from '../../../resources/recovery-document.ts';
import { commandParameters, documentName } from '../../../shared/recovery/command.ts';
import type { Restart } from '../../../shared/stage/compiled.ts';

const full: Required<Restart> = {
  ...{ by: 'pm2', name: 'api', cwd: '/srv/api', start: 'ecosystem.config.cjs', user: 'ec2-user' },
  ...{ ask: 'http://localhost:3000/health', service: 'api' },
};

describe('the command to a server', () => {
  test('all that the stage file can say - is what the document takes', () => {
    const logs = { bucket: 'example-logs', prefix: 'lamplighter/dev' };
    const found = commandParameters(full, { act: 'recover', logs, withinSeconds: 90 });
    expect(found['Bucket']).toEqual(['s3://example-logs/lamplighter/dev']);
    expect(Object.keys(PARAMETERS)).toEqual(expect.arrayContaining(Object.keys(found)));
    for (const [name, [value = '']] of Object.entries(found)) {
      const { allowedPattern, allowedValues } = PARAMETERS[name] ?? {};
      expect(allowedValues?.includes(value) ?? new RegExp(allowedPattern ?? '^(?!)').test(value)).toBe(true);
    }
  });

  test('what is not said - is left out, and every parameter without a default is there', () => {
    const found = commandParameters({ by: 'systemd', name: 'api' }, { act: 'check' });
    expect(found).toEqual({ By: ['systemd'], Name: ['api'], Act: ['check'] });
    const needed = Object.entries(PARAMETERS).flatMap(([name, one]) => (one.default === undefined ? [name] : []));
    expect(Object.keys(found)).toEqual(expect.arrayContaining(needed));
  });

  test('the document - is that of the stage', () => {
    expect(documentName('prod')).toBe('lamplighter-prod-recover');
  });
});
