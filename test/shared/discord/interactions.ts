import { getPublicKeyAsync, signAsync } from '@noble/ed25519';
import type { CompiledStage, Right } from '../../../shared/stage/compiled.ts';
import { anEnvironment, aQueue, aStage, aWorkload } from '../builders.ts';
import { aRecoverable } from '../recovery/recoveries.ts';

/** Interactions as Discord sends them, signed by a library that nobody here wrote. */

export const APPLICATION = '1122334455667788990';
export const GUILD = '1100000000000000001';
export const OPERATORS = '1100000000000000002';
export const READERS = '1100000000000000003';
export const INTERACTION = '1435000000000000001';
export const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const SECRET = Uint8Array.from({ length: 32 }, (_, index) => index);
export const PUBLIC_KEY = Buffer.from(await getPublicKeyAsync(SECRET)).toString('hex');

const ALL: Right[] = ['status', 'runs', 'start', 'stop', 'extend', 'skip', 'pause', 'resume', 'approve', 'acknowledge'];

/** A stage that operators may command, that readers may look at, and where everybody may acknowledge. */
export function aCommandedStage(stage: Parameters<typeof aStage>[0] = {}): CompiledStage {
  return aStage({
    commands: {
      ...{ application: APPLICATION, publicKey: PUBLIC_KEY, guild: GUILD },
      roles: { [OPERATORS]: ALL, [READERS]: ['status', 'runs'], [GUILD]: ['acknowledge'] },
    },
    workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() },
    services: { web: aRecoverable() },
    queues: { crawl: aQueue() },
    ...stage,
  });
}

export interface Did {
  type: number;
  id?: string;
  guild_id?: string;
  application_id?: string;
  roles?: string[];
  username?: string;
  data?: object;
}

/** What somebody did, by an operator called kim without another word. */
export function anInteraction({ roles = [OPERATORS], username = 'kim', ...did }: Did): object {
  return {
    ...{ id: INTERACTION, application_id: APPLICATION, guild_id: GUILD, token: 'aW50ZXJhY3Rpb24', version: 1 },
    member: { user: { id: '1100000000000000009', username, global_name: 'Kim' }, roles, nick: null },
    ...{ locale: 'ko', entitlements: [], app_permissions: '0' },
    ...did,
  };
}

/** A command with its options. */
export function aCommand(name: string, options: Record<string, string | number> = {}, did: Partial<Did> = {}): object {
  const data = {
    id: '1',
    type: 1,
    name,
    options: Object.entries(options).map(([name, value]) => ({ name, type: 3, value })),
  };
  return anInteraction({ type: 2, data, ...did });
}

/** A button that is pressed. */
export function aPress(custom_id: string, did: Partial<Did> = {}): object {
  return anInteraction({ type: 3, data: { component_type: 2, custom_id }, ...did });
}

interface Request {
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** As the HTTP API hands it over. @param at when it was signed, in milliseconds since the epoch */
export async function signed(did: object | string, at: number = NOW, isBase64Encoded = false): Promise<Request> {
  const body = typeof did === 'string' ? did : JSON.stringify(did);
  const timestamp = String(Math.floor(at / 1000));
  const signature = await signAsync(Buffer.from(timestamp + body), SECRET);
  return {
    headers: {
      ...{ 'content-type': 'application/json', 'x-signature-timestamp': timestamp },
      'x-signature-ed25519': Buffer.from(signature).toString('hex'),
    },
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
  };
}
