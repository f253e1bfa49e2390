import type { Does } from '../../../functions/carry-out-command/contract.ts';
import { carryOutCommand } from '../../../functions/carry-out-command/handler.ts';
import type { Order } from '../../../shared/discord/order.ts';
import { WebhookDeleted } from '../../../shared/errors.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { APPLICATION, aCommandedStage, INTERACTION, NOW } from '../../shared/discord/interactions.ts';

const ORIGINAL = `https://discord.com/api/v10/webhooks/${APPLICATION}/secret-token/messages/@original`;
const MORE = `https://discord.com/api/v10/webhooks/${APPLICATION}/secret-token`;

interface Message {
  content?: string;
  flags?: number;
  embeds?: { title: string; description: string }[];
  components?: { components: { label: string; custom_id: string }[] }[];
  allowed_mentions?: object;
}

interface Answers {
  /** By the name of the function; an Error is thrown. */
  [name: string]: unknown;
}

/** Discord, and the functions that do what is said. @param late how many edits come before Discord knows the first answer */
export function discord(
  answers: Answers = {},
  { stage = aCommandedStage(), late = 0 }: { stage?: CompiledStage; late?: number } = {},
) {
  const [invoked, said, waited]: [[string, object][], { how: 'instead' | 'more'; message: Message }[], number[]] = [
    [],
    [],
    [],
  ];
  const asked: [string, Order][] = [];
  const taken = new Set<string>();
  let early = late;
  const effects = {
    stage: () => stage,
    now: () => NOW,
    sleep: async (ms: number) => void waited.push(ms),
    takeInteraction: async (id: string, what: string) => !taken.has(id + what) && taken.add(id + what).has(id + what),
    askToConfirm: async (id: string, order: Order) => void asked.push([id, order]),
    invoke: async (name: string, event: object) => {
      invoked.push([name, event]);
      const answer = answers[name] ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
    post: async (address: string, message: object, { method = 'post' }: { method?: string } = {}) => {
      const isEdit = address === ORIGINAL && method === 'patch';
      if (!isEdit && !(address === MORE && method === 'post')) throw new Error(`${method} ${address}`);
      if (isEdit && early-- > 0) throw new WebhookDeleted('the webhook answered 404');
      said.push({ how: isEdit ? 'instead' : 'more', message: message as Message });
      return {};
    },
  };
  const carryOut = (does: Does, by = 'kim (Discord)') =>
    carryOutCommand(
      { interaction: { id: INTERACTION, application: APPLICATION, token: 'secret-token' }, by, does },
      effects,
    );
  const texts = () =>
    said.map(({ how, message }) => `${how}${message.flags === 64 ? ' alone' : ''}: ${message.content ?? ''}`);
  return { carryOut, invoked, said, texts, asked, waited, effects };
}

/** What a function of ours refuses. */
export function refusal(message: string, name = 'InvalidInput'): Error {
  return Object.assign(new Error(message), { name });
}

/** The variables that name the functions. */
export function nameFunctions(): void {
  for (const name of ['acknowledge', 'incidents', 'override', 'recovery', 'runs', 'status'])
    process.env[`${name.toUpperCase()}_FUNCTION`] = name;
}
