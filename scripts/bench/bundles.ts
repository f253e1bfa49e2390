import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflateRawSync } from 'node:zlib';
import { bundle, bundleByDefault } from '../../bundling/build.ts';
import { type Bench, median, type Row, round } from './bench.ts';

const TURNS = 21;
const BUDGET = { ratio: 0.5, 'zip kB': 150 };
/** One that asks AWS for nothing has no SDK that could be made smaller. */
const WITHOUT_SDK = { ...BUDGET, ratio: 1 };
/** What has an SDK client takes so long with the plugin's defaults, and more. */
const SDK_MS = 40;

/** A function's zip, and its module start against the same handler built with the plugin's defaults. */
export const bundles: Bench = {
  name: 'bundles',
  async run(progress) {
    const outdir = mkdtempSync(join(tmpdir(), 'lamplighter-bench-'));
    try {
      const rows: Row[] = [];
      for (const entry of globSync('functions/*/handler.ts').sort()) {
        progress(entry);
        rows.push(await measure(entry, outdir));
      }
      return rows;
    } finally {
      rmSync(outdir, { recursive: true });
    }
  },
};

async function measure(entry: string, outdir: string): Promise<Row> {
  const ours = await bundle(entry, outdir);
  const byDefault = await bundleByDefault(entry, outdir);
  const times: { ours: number[]; byDefault: number[] } = { ours: [], byDefault: [] };
  // In turns, so that whatever else the machine does slows both; more turns where the budget seems broken.
  for (
    let turn = 0;
    turn < TURNS || (turn < 3 * TURNS && ratio(times) > BUDGET.ratio && median(times.byDefault) > SDK_MS);
    turn++
  ) {
    times.ours.push(await start(ours));
    times.byDefault.push(await start(byDefault));
  }
  return {
    what: basename(dirname(entry)),
    measured: {
      'ours ms': round(median(times.ours)),
      'default ms': round(median(times.byDefault)),
      ratio: round(ratio(times), 2),
      'zip kB': round(zipped(ours) / 1000),
    },
    budget: median(times.byDefault) < SDK_MS ? WITHOUT_SDK : BUDGET,
  };
}

function ratio({ ours, byDefault }: { ours: number[]; byDefault: number[] }): number {
  return median(ours) / median(byDefault);
}

// What the thread worked, and not what the clock says: the same on a quiet machine, and on a busy one it still judges.
const PROBE = `
  const begin = process.threadCpuUsage();
  const { handler } = require(process.argv[1]);
  const { user, system } = process.threadCpuUsage(begin);
  if (typeof handler !== 'function') throw new Error('no handler in ' + process.argv[1]);
  require('node:fs').writeSync(1, String((user + system) / 1000));
  process.exit();`;

/** Milliseconds of work for a fresh process to load the module, as Lambda does in its init phase. */
async function start(file: string): Promise<number> {
  const env = { AWS_REGION: 'eu-central-1' };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROBE, file], { env });
  return Number(stdout);
}

/** Bytes of the zip as it is deployed: deflated at the plugin's level, with the compiled stage file where there is one. */
function zipped(file: string): number {
  const deflated = [file, '.lamplighter/stage.json']
    .filter(existsSync)
    .map((name) => deflateRawSync(readFileSync(name), { level: constants.Z_BEST_SPEED }).length);
  return deflated.reduce((sum, bytes) => sum + bytes, 0);
}
