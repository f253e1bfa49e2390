import type { PostedFile } from './form.ts';

/** What of a message is about its files. */
export interface Attachments {
  embeds?: { image?: { url: string } }[];
  attachments?: { id: number | string; filename?: string }[];
}

/** What a file may weigh without anybody paying for more. */
const FILE_BYTES = 10 * 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * What Discord finds wrong with the files of a post or an edit; an edit that names none keeps those of before. An image
 * of an embed that is no file of the message is not shown, so here it is a fault too.
 *
 * @source https://docs.discord.com/developers/reference#uploading-files
 */
export function faultOfFiles(
  { embeds = [], attachments }: Attachments,
  files: PostedFile[],
  before?: Attachments,
): { message: string; code: number } | undefined {
  const named = (attachments ?? before?.attachments ?? []).flatMap(({ filename }) => filename ?? []);
  const images = embeds.flatMap(({ image }) => /^attachment:\/\/(.+)$/.exec(image?.url ?? '')?.[1] ?? []);
  const isThere = ({ id, filename }: { id: number | string; filename?: string }) =>
    files.some(({ field, name }) => field === `files[${id}]` && name === filename);
  const broken = [
    ...(files.length > 10 ? ['files'] : []),
    ...files.flatMap(({ name, data }) => (data.length > FILE_BYTES ? [`${name} is too large`] : [])),
    ...files.flatMap(({ name, type, data }) =>
      type === 'image/png' && !data.subarray(0, PNG.length).equals(PNG) ? [`${name} is no PNG`] : [],
    ),
    ...(attachments ?? []).flatMap((one) => (isThere(one) ? [] : [`attachments ${one.id}`])),
    ...images.flatMap((name) => (named.includes(name) ? [] : [`image ${name}`])),
  ];
  return broken.length > 0 ? { message: `Invalid Form Body: ${broken.join(', ')}`, code: 50035 } : undefined;
}
