import type * as z from 'zod/mini';
import type { notice } from './contract.ts';

const COLOURS = { info: 0x3498db, success: 0x2ecc71, warning: 0xf1c40f, critical: 0xe74c3c };

/** Discord's limits for an embed. */
const TITLE = 256;
const DESCRIPTION = 4096;

/** A notice as the body of a Discord webhook; nobody is mentioned, whatever the text says. */
export function render({ title, lines, severity, workload, stage, at }: z.output<typeof notice>) {
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: cut(title, TITLE),
        description: cut(lines.join('\n'), DESCRIPTION),
        color: COLOURS[severity],
        timestamp: at,
        footer: { text: `${severity} · ${workload} · ${stage}` },
      },
    ],
  };
}

/** Cuts between characters as people see them, never inside one. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length >= limit) break;
    kept += segment;
  }
  return `${kept}…`;
}
