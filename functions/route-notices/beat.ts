import { post } from '../../shared/channels/post.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { asError } from '../../shared/errors.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/**
 * Passes a sign of life on to the address that somebody watches. It came the whole way that notices come; where it ends,
 * notices end. One that is not taken is not tried again: the next one comes, and its absence is what is watched.
 */
export async function beat({ notify: { heartbeat } }: CompiledStage): Promise<void> {
  if (!heartbeat) return;
  const address = heartbeat.url.startsWith('ssm:') ? await secret(heartbeat.url) : heartbeat.url;
  try {
    await post(address, {});
  } catch (thrown) {
    const { name: error, message } = asError(thrown);
    console.error(JSON.stringify({ error, message, heartbeat: 'not taken' }));
  }
}
