import { createHash } from 'node:crypto';
import type { Report } from '../rehearsal/report.ts';

/**
 * The page of a rehearsal as one file that needs nothing else: scripts and styles are in it, and a policy that lets only these
 * run. There is no server to send the policy, so a meta element says it; that knows no `frame-ancestors`:
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/frame-ancestors
 *
 * @throws what esbuild finds wrong
 */
export async function pageOf(report: Report): Promise<string> {
  // It brings esbuild, which only this command needs.
  const { buildPage } = await import('../web/build.ts');
  const { 'index.html': html = '', ...files } = await buildPage('rehearsal');
  const named = (end: string) => Object.entries(files).find(([name]) => name.endsWith(end)) ?? ['', ''];
  const [[scriptName, script], [styleName, style]] = [named('.js'), named('.css')];
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    ...['img-src data:', "base-uri 'none'", "form-action 'none'"],
  ].join('; ');
  const parts: [string, string][] = [
    [
      '<meta charset="utf-8">',
      `<meta charset="utf-8">\n    <meta http-equiv="content-security-policy" content="${policy}">`,
    ],
    [`<link rel="stylesheet" href="${styleName}">`, `<style>${style}</style>`],
    [`    <script type="module" src="${scriptName}"></script>\n`, ''],
    // Behind the report, which the script reads.
    [
      '</body>',
      `<script type="application/json" id="report">${asData(report)}</script>\n    <script type="module">${script}</script>\n  </body>`,
    ],
  ];
  return parts.reduce((page, [place, text]) => filled(page, place, text), html);
}

/** JSON that ends no element, whatever its texts are. */
function asData(report: Report): string {
  return JSON.stringify(report).replaceAll('<', '\\u003c');
}

function filled(page: string, place: string, text: string): string {
  const [before, ...after] = page.split(place);
  if (after.length !== 1) throw new Error(`web/rehearsal/page.html has ${after.length} of ${place}: it needs one`);
  return `${before}${text}${after[0]}`;
}

/** As a policy names what is inline. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
