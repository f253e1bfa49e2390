import type { Notice } from '../../shared/notices.ts';
import { consoleLink } from '../../shared/texts.ts';

/** A notice as it is, with the link to its execution: a program reads it, so nothing is cut. */
export function render(notice: Notice) {
  return { ...notice, link: consoleLink(notice) };
}
