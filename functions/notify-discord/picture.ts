import type { Attached } from '../../shared/channels/multipart.ts';
import { asError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { monthScene } from '../../shared/picture/month.ts';
import { pngOf } from '../../shared/picture/png.ts';

/** The picture of a notice that has one, drawn now. One that cannot be drawn keeps nobody from hearing the rest. */
export function pictureOf({ picture }: Notice): Attached | undefined {
  if (!picture) return undefined;
  try {
    return { name: 'month.png', type: 'image/png', data: pngOf(monthScene(picture)) };
  } catch (thrown) {
    const { name: error, message } = asError(thrown);
    console.error(JSON.stringify({ error, message, picture: 'not drawn' }));
    return undefined;
  }
}
