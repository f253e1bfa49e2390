/** A file that goes with a message. */
export interface Attached {
  name: string;
  /** Its media type, `image/png`. */
  type: string;
  data: Uint8Array;
}

/**
 * A message with a file, as Discord takes both: the JSON as `payload_json`, the file as `files[0]`. A few lines here
 * instead of a package, which would bring the media type of everything with it.
 *
 * @source https://docs.discord.com/developers/reference#uploading-files; RFC 7578
 */
export function multipart(json: string, { name, type, data }: Attached): { body: Buffer; type: string } {
  const parts = [Buffer.from(json), Buffer.from(data)] as const;
  let boundary = 'lamplighter';
  while (parts.some((part) => part.includes(`--${boundary}`))) boundary += '-';
  const head = (disposition: string, media: string) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${media}\r\n\r\n`);
  const body = Buffer.concat([
    ...[head('name="payload_json"', 'application/json'), parts[0], Buffer.from('\r\n')],
    ...[head(`name="files[0]"; filename="${name}"`, type), parts[1], Buffer.from(`\r\n--${boundary}--\r\n`)],
  ]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}
