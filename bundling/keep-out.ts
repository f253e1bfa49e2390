import type { Plugin } from 'esbuild';

/** What the other plugins keep out. When one of these is inside, a package has moved the file that they stand in for. */
const KEPT_OUT = [
  /@aws-sdk\/(?:nested-clients|token-providers|credential-provider-(?!env\/))/,
  /@smithy\/credential-provider-imds\//,
  /@smithy\/core\/.+\/(?:parseIni|EventStreamSerde)\.js$/,
  /\/mime-db\//,
  /axios\/lib\/helpers\/trackStream\.js$/,
  /\/ioredis\/built\/(?:cluster\/(?!index\.js)|connectors\/SentinelConnector\/(?!index\.js))/,
  /\/(?:debug\/src\/(?!index\.js)|supports-color\/)/,
];

/** Fails the build when dead weight is back, rather than shipping it. */
export const keepOut: Plugin = {
  name: 'keep-out',
  setup(build) {
    // Set here and not in the options, since serverless-esbuild would put the file into the zip.
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      const inside = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
        Object.keys(inputs).filter((file) => inputs[file]?.bytesInOutput && KEPT_OUT.some((kept) => kept.test(file))),
      );
      return {
        errors: [...new Set(inside)].map((file) => ({
          text: `${file} is in a bundle, though bundling/ keeps it out: has its package, or who imports it, changed?`,
        })),
      };
    });
  },
};
