import { executionLink, labelled } from '../notices/links.ts';
import type { Link, Notice } from '../notices/notice.ts';
import type { Words } from '../words/words.ts';
import { cut } from './texts.ts';

/** No service minds these; an address that is longer is none of ours. */
const LINKS = 5;
const LABEL = 60;
const URL_LENGTH = 600;
const URLS_LENGTH = 1500;

/** The links of a notice in a form that every channel takes; to its execution, where it names none. */
export function linksOf({ links = [], execution }: Notice, words: Words): Link[] {
  let left = URLS_LENGTH;
  return (links.length > 0 ? links : labelled(words.links.run, executionLink(execution)))
    .filter(({ url }) => /^https?:\/\/[^/]/.test(url))
    .map(({ label, url }) => ({
      label: cut(label.replace(/[[\]<>|&\n]/g, ' ').trim(), LABEL) || words.links.run,
      url: encoded(url),
    }))
    .filter(({ url }) => {
      // Slack writes five for one.
      const length = url.replaceAll('&', '&amp;').length;
      if (length > Math.min(left, URL_LENGTH)) return false;
      left -= length;
      return true;
    })
    .slice(0, LINKS);
}

/** Without what would end a link in a channel's own writing. */
function encoded(url: string): string {
  return url.replace(/[\s()<>|"'\\^`{}]/g, (it) => encodeURIComponent(it).replace(/[()']/, (one) => `%${hex(one)}`));
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16);
}
