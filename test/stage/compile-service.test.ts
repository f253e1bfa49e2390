import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../shared/stage/compile.ts';
import { changed, read, SERVICE } from './stage-file.ts';

const compiled = (text = SERVICE) => compileStage(read(text), 'dev', 2026);
const web = (text?: string) => compiled(text).services['web'];

describe('a service', () => {
  test('it is watched and never run - it is no workload with a schedule', () => {
    expect(Object.keys(compiled().workloads)).toEqual(['nightly']);
    expect(Object.keys(compiled().services)).toEqual(['web', 'store', 'fleet']);
    expect(compiled().control).toBe('https://www.example.org');
  });

  test('its checks - have names and seconds', () => {
    expect(web()?.checks).toEqual([
      {
        kind: 'http',
        name: 'front',
        url: 'https://www.example.com/health',
        status: 200,
        contains: 'ok',
        withinSeconds: 3,
        certificateDays: 21,
      },
      { kind: 'tcp', name: 'www.example.com:443', host: 'www.example.com', port: 443, withinSeconds: 4 },
      { kind: 'heartbeat', name: 'heartbeat', everySeconds: 300 },
    ]);
    expect(compiled().services['store']?.checks).toEqual([
      { kind: 'tcp', name: '[2001:db8::1]:5432', host: '2001:db8::1', port: 5432, withinSeconds: 5 },
    ]);
  });

  test('the query of an address - is not in the name of its check', () => {
    const text = changed('http://fleet.example.com', 'http://fleet.example.com/a?key=1', SERVICE);
    expect(compiled(text).services['fleet']?.checks[0]?.name).toBe('fleet.example.com/a');
  });

  test('what was left out - has its default', () => {
    expect(compiled().services['fleet']).toEqual({
      kind: 'service',
      timezone: 'Asia/Seoul',
      target: { group: 'fleet' },
      checks: [
        {
          kind: 'http',
          name: 'fleet.example.com',
          url: 'http://fleet.example.com',
          withinSeconds: 5,
          certificateDays: 14,
        },
      ],
      openAfter: 3,
      closeAfter: 2,
      dependsOn: [],
      offWith: [],
      maintenance: [],
    });
  });

  test('its parents - services may be down, batches and environments are off by plan', () => {
    expect(web()).toMatchObject({ dependsOn: ['store'], offWith: ['nightly'] });
  });

  test('on the instance of a batch - off with it, though the stage file does not say so', () => {
    const text = changed('dependsOn: [store, nightly]', 'dependsOn: []', SERVICE);
    expect(web(text)?.offWith).toEqual([]);
    expect(web(changed('i-0fedcba9876543210', 'i-0123456789abcdef0', text))?.offWith).toEqual(['nightly']);
  });

  test.each([
    ['ec2 with a process', (text: string) => changed('      rungs: [restart, stop-start]\n', '', text), 'web'],
    ['ecs', (text: string) => `${changed('service: store } }', 'service: store } }\n    recover: {}', text)}`, 'store'],
    ['a group', (text: string) => changed('{ group: fleet }', '{ group: fleet }\n    recover: {}', text), 'fleet'],
  ])('recovery of %s without rungs - all that fit', (_, change, name) => {
    const rungs = { web: ['restart', 'reboot', 'stop-start'], store: ['redeploy'], fleet: ['replace'] }[name];
    expect(compiled(change(SERVICE)).services[name]?.recover).toMatchObject({ rungs });
  });

  test('recovery - its cooldown in seconds', () => {
    expect(web()?.recover).toMatchObject({ cooldownSeconds: 900, perDay: 2, approve: ['stop-start'] });
  });
});
