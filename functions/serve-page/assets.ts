import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { env } from '../../shared/env.ts';
import { ConfigurationMissing } from '../../shared/errors.ts';
import type { Content } from '../../shared/http/answer.ts';
import { PAGE_HEADERS } from '../../web/headers.ts';

/** What lies in the zip of this function: the page, and the scripts of front ends. */

const TYPES: Record<string, string> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' },
  ...{ '.json': 'application/json', '.txt': 'text/plain' },
};
const read = new Map<string, Map<string, string>>();

/** A file of the page; `/` is its beginning. Only what is there by that very name. */
export function pageAsset(path: string, folder = env('WEB_FOLDER')): Content | undefined {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const body = filesOf(join(folder, 'status')).get(name);
  // The names of scripts and styles change with what is in them.
  const isForEver = /-[\w-]{8}\.\w+$/.test(name);
  const kept = isForEver ? 'public, max-age=31536000, immutable' : 'no-cache';
  return body === undefined ? undefined : { body, headers: { ...headersOf(name), 'cache-control': kept } };
}

/** A script that pages of other sites load: it is the same for everybody. */
export function gateAsset(path: string, folder = env('WEB_FOLDER')): Content | undefined {
  const name = path.slice(1);
  const body = filesOf(join(folder, 'gate')).get(name);
  if (body === undefined) return undefined;
  const shared = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
  return { body, headers: { ...headersOf(name), ...shared, 'cache-control': 'public, max-age=300' } };
}

function headersOf(name: string): Record<string, string> {
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  return { ...PAGE_HEADERS, 'content-type': `${type}; charset=utf-8` };
}

/** Read once. @throws ConfigurationMissing where the page was not packed */
function filesOf(folder: string): Map<string, string> {
  const known = read.get(folder);
  if (known) return known;
  if (!existsSync(folder)) throw new ConfigurationMissing(`the page is not at ${folder}: package the service again`);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const found = new Map(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
  read.set(folder, found);
  return found;
}
