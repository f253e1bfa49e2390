import { request } from 'node:http';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { endProgress } from '../../plugin/progress.ts';
import { open, type ServedPage, servePage, showPage } from '../../plugin/show-page.ts';

let served: ServedPage | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

/** What is answered to somebody who comes with this name. */
function ask(url: string, host: string, method = 'GET'): Promise<{ status: number; body: string; policy: unknown }> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { host }, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      const policy = response.headers['content-security-policy'];
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, policy }));
    })
      .on('error', reject)
      .end();
  });
}

describe('servePage', () => {
  test('on 127.0.0.1 - the page, which nothing may frame', async () => {
    served = await servePage('<p>a month</p>');
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const { host } = new URL(served.url);
    expect(await ask(served.url, host)).toEqual({
      ...{ status: 200, body: '<p>a month</p>', policy: "frame-ancestors 'none'" },
    });
    expect(await ask(served.url, host, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await ask(`${served.url}other`, host)).toMatchObject({ status: 404 });
    expect(await ask(served.url, host, 'POST')).toMatchObject({ status: 405 });
  });

  test('a name of somebody else that leads here - is told nothing', async () => {
    served = await servePage('<p>a month</p>');
    const { status, body } = await ask(served.url, 'evil.example.com');
    expect([status, body]).toEqual([403, '403\n']);
  });
});

describe('showPage', () => {
  const shown = async (isOpened: boolean, problem?: string) => {
    const said: string[] = [];
    const opened: string[] = [];
    let answered: number | undefined;
    await showPage('<p>a month</p>', isOpened, {
      open: async (url) => {
        opened.push(url);
        return problem;
      },
      stopped: async () => {
        const [url = ''] = said[0]?.match(/http:\S+/) ?? [];
        answered = (await ask(url, new URL(url).host)).status;
      },
      say: (text) => said.push(text),
    });
    return { said, opened, answered };
  };

  test('until somebody stops it - its address is said and answers, and the browser opens it', async () => {
    const { said, opened, answered } = await shown(true);
    expect(said).toEqual([
      expect.stringMatching(/^The page of it is at http:\/\/127\.0\.0\.1:\d+\/ until you press Ctrl-C$/),
    ]);
    expect(said[0]).toContain(opened[0]);
    expect(answered).toBe(200);
  });

  test('afterwards - nothing answers any more', async () => {
    const { opened } = await shown(true);
    await expect(ask(opened[0] ?? '', 'localhost')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('--no-open, or a browser that does not open - the address is enough', async () => {
    expect((await shown(false)).opened).toEqual([]);
    expect((await shown(true, 'there is no display here')).said[1]).toBe('there is no display here: open it yourself');
  });
});

describe('open', () => {
  test('where there is nothing to open it on - why', async () => {
    expect(await open('http://127.0.0.1:1/', { platform: 'linux', env: {} })).toBe('there is no display here');
    expect(await open('http://127.0.0.1:1/', { platform: 'aix', env: {} })).toBe('no browser is known on aix');
  });

  test('a program that is not there - its name and why', async () => {
    expect(await open('http://127.0.0.1:1/', { platform: 'win32', env: {} })).toBe(
      'cmd did not start (spawn cmd ENOENT)',
    );
  });
});

test('the line of the framework that turns - it has the way in which it is ended', () => {
  const { progress } = createRequire(import.meta.url)('serverless/lib/utils/serverless-utils/log.js');
  const clear = jest.spyOn(progress, 'clear');
  endProgress();
  expect(clear).toHaveBeenCalledTimes(1);
});
