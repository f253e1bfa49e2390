import type { StandIn } from './stand-ins.ts';

/** What our functions say to Redis, and what ioredis itself says. The rest of its 240 commands would be made at each start. */
const COMMANDS = [
  ...'auth client discard eval exec exists get hget hmget info lindex llen lrange multi'.split(' '),
  ...'ping quit select zcard zcount zrange zrangebyscore zrevrange'.split(' '),
];

const unused = (what: string) =>
  `class { constructor() { throw new Error('${what} is left out of the bundles: see bundling/redis-stand-ins.ts'); } }`;

/** @throws Error when ioredis does not know one of them any more */
function ours(json: string): string {
  const all = JSON.parse(json) as Record<string, unknown>;
  const missing = COMMANDS.filter((command) => !(command in all));
  if (missing.length > 0) throw new Error(`ioredis knows no ${missing}: look at bundling/redis-stand-ins.ts again`);
  return `module.exports = ${JSON.stringify(Object.fromEntries(COMMANDS.map((command) => [command, all[command]])))};`;
}

/** Our functions speak to one Redis, and to each for a second: what ioredis has for clusters, sentinels, scans and logs of its own. */
export const REDIS_STAND_INS: StandIn[] = [
  { file: '@ioredis/commands/built/commands.json', becomes: ours },
  { file: 'ioredis/built/cluster/index.js', becomes: `exports.default = ${unused('Cluster of ioredis')};` },
  {
    file: 'ioredis/built/connectors/SentinelConnector/index.js',
    becomes: `exports.default = exports.SentinelIterator = ${unused('SentinelConnector of ioredis')};`,
  },
  { file: 'ioredis/built/constants/TLSProfiles.js', becomes: 'exports.default = {};' },
  { file: 'ioredis/built/ScanStream.js', becomes: `exports.default = ${unused('ScanStream of ioredis')};` },
  { file: 'ioredis/built/Script.js', becomes: `exports.default = ${unused('Script of ioredis')};` },
  // What stands behind axios asks for it too, as the module itself.
  {
    file: 'debug/src/index.js',
    becomes: `const silent = () => Object.assign(() => undefined, { enabled: false });
      module.exports = Object.assign(silent, { default: silent });`,
  },
  // Half of the time that all this takes to load, and many a Redis in a network of its own speaks without.
  {
    file: 'ioredis/built/connectors/StandaloneConnector.js',
    becomes: {
      cut: 'const tls_1 = require("tls");',
      put: `const tls_1 = { connect: (options) => process.getBuiltinModule('node:tls').connect(options) };`,
    },
  },
  { file: 'redis-errors/lib/old.js', becomes: 'module.exports = {};' },
  // It asserts what its own parser hands to it, and makes Node load all of `assert` for that.
  {
    file: 'redis-errors/lib/modern.js',
    becomes: {
      cut: "const assert = require('assert')",
      put: 'const assert = () => {}; assert.strictEqual = () => {};',
    },
  },
];
