import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { REDIS_STAND_INS } from './redis-stand-ins.ts';

/** What stands in for a file of a package that none of the functions can need, or what is cut out of it. */
export interface StandIn {
  file: string;
  becomes: string | { cut: string; put: string } | ((source: string) => string);
}

const missing = (what: string) => `throw new Error('${what} is left out of the bundles: see bundling/stand-ins.ts');`;

const STAND_INS: StandIn[] = [
  // Lambda's credentials are environment variables, and `sls invoke local` exports them too. The SDK's chain goes on
  // to SSO, logins, profiles, containers and instance metadata: 100 kB in each function.
  {
    file: '@aws-sdk/credential-provider-node/dist-es/index.js',
    becomes: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  // Lambda has no ~/.aws: region, endpoints and credentials are environment variables there.
  {
    file: '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js',
    becomes: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  // Loaded by a dynamic import, which costs more than itself: all that it imports too could not be merged or shaken.
  // Lambda's client configures them as soon as it is made; whoever streams after all is told.
  {
    file: '@smithy/core/dist-es/submodules/event-streams/index.js',
    becomes: `const gone = () => { ${missing('the SDK for event streams')} };
      export const resolveEventStreamSerdeConfig = (config) => config;
      export const eventStreamSerdeProvider = gone;
      export class EventStreamSerde { constructor() { gone(); } }`,
  },
  // The same class is a global, which Node loads when a handler first streams; ours never do.
  {
    file: '@middy/core/index.js',
    becomes: { cut: 'import { ReadableStream } from "node:stream/web";', put: '' },
  },
  // It carries the MIME type of everything, 140 kB; we send JSON.
  {
    file: 'form-data/lib/form_data.js',
    becomes: `module.exports = class FormData { constructor() { ${missing('form-data')} } };`,
  },
  // Axios takes its `http` adapter on Node; this one makes Node load its whole fetch at the start.
  { file: 'axios/lib/adapters/fetch.js', becomes: 'export const getFetch = () => null;' },
  // So does naming the global. Without it axios still knows a FormData by its tag.
  {
    file: 'axios/lib/utils.js',
    becomes: { cut: "typeof G.FormData !== 'undefined' ? G.FormData : undefined", put: 'undefined' },
  },
];

/** @throws Error when the text to cut is not there exactly once: the package has changed. */
export function cutOut(source: string, { cut, put }: { cut: string; put: string }, file: string): string {
  const [before = '', after, ...more] = source.split(cut);
  if (after !== undefined && more.length === 0) return before + put + after;
  throw new Error(`${file} does not hold \`${cut}\` once: it has changed, look at bundling/stand-ins.ts again`);
}

/** Leaves out what no function uses and esbuild cannot know to be unused. What is used after all throws. */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup(build) {
    for (const { file, becomes } of [...STAND_INS, ...REDIS_STAND_INS]) {
      const filter = new RegExp(`/node_modules/${file}$`.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]'));
      build.onLoad({ filter }, async ({ path }) => ({
        contents: await contentsOf(path, becomes),
        loader: 'js',
      }));
    }
  },
};

async function contentsOf(path: string, becomes: StandIn['becomes']): Promise<string> {
  if (typeof becomes === 'string') return becomes;
  const source = await readFile(path, 'utf8');
  return typeof becomes === 'function' ? becomes(source) : cutOut(source, becomes, path);
}
