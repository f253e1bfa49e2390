import { keepOut } from './keep-out.ts';
import { shakeSchemas } from './shake-schemas.ts';
import { standIns } from './stand-ins.ts';
import { together } from './together.ts';

/** What serverless-esbuild hands to esbuild; `options.cjs` names this file. */
export default [together([shakeSchemas, standIns, keepOut])];
