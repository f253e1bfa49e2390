import type { Notice } from './notices.ts';

/** What a text takes of a limit; of two texts together it must be no more than of each. */
type Size = (text: string) => number;

/**
 * Cuts between characters as people see them, never inside one.
 *
 * @param limit in what `size` counts, UTF-16 units without it
 * @param end what a text that was cut ends with; it is within the limit too
 */
export function cut(text: string, limit: number, end = '…', size: Size = ({ length }) => length): string {
  if (size(text) <= limit) return text;
  let taken = size(end);
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    taken += size(segment);
    if (taken > limit) return text.slice(0, index) + end;
  }
  return text;
}

/** Consoles are on another domain in each partition. */
const CONSOLES: Record<string, (region: string) => string> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-cn': (region) => `${region}.console.amazonaws.cn`,
  'aws-us-gov': (region) => `${region}.console.amazonaws-us-gov.com`,
  'aws-eusc': (region) => `${region}.console.amazonaws-eusc.eu`,
};

/** Where the console shows the execution that a notice is about: there the whole can be read. */
export function consoleLink({ execution }: Pick<Notice, 'execution'>): string | undefined {
  const [, partition = '', , region = ''] = execution?.split(':') ?? [];
  const host = CONSOLES[partition]?.(region);
  return host && `https://${host}/states/home?region=${region}#/v2/executions/details/${execution}`;
}
