import { describe, expect, test } from '@jest/globals';
import { carried } from '../../../rehearsal/outside/form.ts';
import { multipart } from '../../../shared/channels/multipart.ts';

const file = (data: Uint8Array) => ({ name: 'a.png', type: 'image/png', data });

describe('a message with a file', () => {
  test.each([
    ['bytes of every kind', Uint8Array.from({ length: 512 }, (_, index) => index % 256)],
    ['what looks like the end', Buffer.from('\r\n--lamplighter--\r\n--lamplighter---x')],
    ['nothing', new Uint8Array()],
  ])('%s - read again by somebody else’s code as they were', (_, data) => {
    const json = JSON.stringify({ content: '밤 작업 🔥 --lamplighter' });
    const { body, type } = multipart(json, file(data));
    const found = carried(body, type);
    expect(found.body).toEqual(JSON.parse(json));
    expect(found.files).toHaveLength(1);
    expect(found.files[0]).toMatchObject({ field: 'files[0]', name: 'a.png', type: 'image/png' });
    expect(found.files[0]?.data.equals(Buffer.from(data))).toBe(true);
  });

  test('as the platform itself reads a form - the same', async () => {
    const { body, type } = multipart('{"a":1}', file(Buffer.from([1, 2, 0x0d, 0x0a, 0xff])));
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    expect(await (form.get('payload_json') as unknown as Blob | string).toString()).toBeDefined();
    const image = form.get('files[0]') as unknown as File;
    expect([image.name, image.type]).toEqual(['a.png', 'image/png']);
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(Uint8Array.from([1, 2, 0x0d, 0x0a, 0xff]));
  });
});
