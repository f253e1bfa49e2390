import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Reply } from '../../plugin/deployed.ts';
import type { Serverless } from '../../plugin/framework.ts';
import { liveOverrides } from '../../plugin/overrides.ts';

const DEPLOYED = estate({});

function estate(more: object): Serverless {
  return {
    service: { custom: { estate: { stage: 'dev', region: 'ap-northeast-2' } } },
    ...more,
  } as unknown as Serverless;
}

const reply =
  (answer: unknown, more: Reply = {}) =>
  async () => ({
    Payload: new TextEncoder().encode(JSON.stringify(answer)),
    ...more,
  });

describe('liveOverrides', () => {
  test('words on the stage and on workloads - by workload, those on the stage under nothing', async () => {
    const word = { by: 'jane', why: 'a demo', at: '2026-11-02T00:00:00Z' };
    const overrides = [
      { act: 'pause', ...word },
      { workload: 'chat', act: 'skip', ...word, until: '2026-11-03T00:00:00Z' },
      { workload: 'chat', act: 'keep', ...word, until: '2026-11-03T00:00:00Z' },
    ];
    expect(await liveOverrides(DEPLOYED, reply({ overrides }))).toEqual({
      '': [{ act: 'pause', ...word }],
      chat: [
        { act: 'skip', ...word, until: '2026-11-03T00:00:00Z' },
        { act: 'keep', ...word, until: '2026-11-03T00:00:00Z' },
      ],
    });
  });

  test('nothing said - nothing', async () => {
    expect(await liveOverrides(DEPLOYED, reply({ overrides: [] }))).toEqual({});
  });

  const refused = async () => {
    throw new Error('Function not found');
  };
  const failed = { FunctionError: 'Unhandled' };
  test.each<[string, () => Promise<Reply>, string]>([
    ['Lambda refuses', refused, 'lamplighter-dev-listOverrides could not be asked: Error: Function not found'],
    [
      'the function failed',
      reply({ errorMessage: 'no table' }, failed),
      'lamplighter-dev-listOverrides failed: Unhandled: no table',
    ],
    ['the function failed without a word', reply({}, failed), 'lamplighter-dev-listOverrides failed: Unhandled'],
    ['an answer of another kind', reply({ hello: 1 }), 'listOverrides answers something else'],
    ['no answer', async () => ({}), 'listOverrides answers something else'],
  ])('%s - one clear error', async (_, invoke, message) => {
    await expect(liveOverrides(DEPLOYED, invoke)).rejects.toMatchObject({
      name: 'NotAnswered',
      message: expect.stringContaining(message),
    });
  });
});

describe('the deployed function', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
  });

  test('asked by the configuration of the framework - by its name, with an empty event', async () => {
    const asked: string[] = [];
    server = createServer((request, response) => {
      request.on('data', (body) => asked.push(`${request.method} ${request.url} ${body}`));
      request.on('end', () => response.end('{"overrides":[{"act":"pause","by":"jane","why":"a demo"}]}'));
    });
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const config = {
      region: 'ap-northeast-2',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    };
    const framework = estate({ getProvider: () => ({ getAwsSdkV3Config: async () => config }) });

    expect(await liveOverrides(framework)).toEqual({ '': [{ act: 'pause', by: 'jane', why: 'a demo' }] });
    expect(asked).toEqual(['POST /2015-03-31/functions/lamplighter-dev-listOverrides/invocations {}']);
  });
});
