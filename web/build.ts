import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const WEB = fileURLToPath(new URL('.', import.meta.url));

/** Folders of `web/` with a `page.html` and a `main.tsx`. */
export type Page = 'status' | 'rehearsal';

/** What browsers of the last three years read; the same files make the same bytes. */
const OPTIONS = {
  absWorkingDir: WEB,
  bundle: true,
  charset: 'utf8',
  format: 'esm',
  // The tests' own modules have other options than these.
  tsconfig: join(WEB, 'tsconfig.json'),
  legalComments: 'none',
  logLevel: 'silent',
  minify: true,
  target: ['chrome111', 'firefox114', 'safari16.4'],
  write: false,
} as const satisfies BuildOptions;

/**
 * Builds one page.
 *
 * @returns name → text: `index.html`, and a script and a style sheet with a hash in their names, to be kept for ever
 * @throws what esbuild finds wrong, and an Error when page.html does not ask for one of them
 */
export async function buildPage(page: Page): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: [`${page}/main.tsx`],
    outdir: '.',
    entryNames: '[name]-[hash]',
  });
  const files = Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
  const html = Object.keys(files).reduce(
    (text, name) => {
      const plain = name.replace(/-\w{8}\./, '.');
      if (!text.includes(`"${plain}"`)) throw new Error(`web/${page}/page.html does not load ${plain}: add it`);
      return text.replace(`"${plain}"`, `"${name}"`);
    },
    readFileSync(join(WEB, page, 'page.html'), 'utf8'),
  );
  return { 'index.html': html, ...files };
}

/** Builds one module, such as `gate/lamplighter-gate.ts`, for people to load by itself. @throws what esbuild finds wrong */
export async function buildModule(entry: string, { external = [] }: { external?: string[] } = {}): Promise<string> {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entry], external });
  return outputFiles.map(({ text }) => text).join('');
}

/** Writes what is deployed into folders of a folder, and nothing that was there before stays. */
export async function writeWeb(folder: string): Promise<void> {
  const built = { status: await buildPage('status'), gate: await buildGate() };
  for (const [name, files] of Object.entries(built)) {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const file of readdirSync(place).filter((found) => !(found in files)))
      rmSync(join(place, file), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  }
}

/** Builds the gate and the hook, one module each. @returns name → text @throws what esbuild finds wrong */
export async function buildGate(): Promise<Record<string, string>> {
  const names = ['lamplighter-gate', 'use-lamplighter'];
  const modules = await Promise.all(names.map((name) => buildModule(`gate/${name}.ts`, { external: ['react'] })));
  return Object.fromEntries(
    modules.map((text, index) => [`${names[index]}.js`, `/* Lamplighter, MIT licence */\n${text}`]),
  );
}
