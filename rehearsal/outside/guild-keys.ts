import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Scenario } from '../scenario.ts';

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8. @source RFC 8410, 7 */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key that Discord signs with in a rehearsal: nobody has that of the real application. */
export const GUILD_KEY: KeyObject = createPrivateKey({
  key: Buffer.concat([PKCS8, Buffer.alloc(32, 'rehearsal')]),
  format: 'der',
  type: 'pkcs8',
});

/**
 * The stage whose functions believe the Discord of the rehearsal. Where nobody in the scenario speaks there, it stays as
 * it is packaged.
 */
export function believing(
  deployed: { stage: CompiledStage; stageFile: string },
  { people }: Pick<Scenario, 'people'>,
): { stage: CompiledStage; stageFile: string } {
  const { commands } = deployed.stage;
  if (!commands || !people.some(({ through }) => through === 'discord')) return deployed;
  const { x = '' } = createPublicKey(GUILD_KEY).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url').toString('hex');
  const stage = { ...deployed.stage, commands: { ...commands, publicKey } };
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-guild-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const stageFile = join(folder, 'stage.json');
  writeFileSync(stageFile, JSON.stringify(stage));
  return { stage, stageFile };
}
