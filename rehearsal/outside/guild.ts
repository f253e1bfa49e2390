import type { Lambda } from '../aws/lambda.ts';
import type { Request } from '../outside.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world.ts';
import { buttonOf } from './components.ts';
import { commandOf, roleOf, signedEvent } from './guild-speech.ts';
import { type Interaction, sayMore } from './interactions.ts';
import type { Response } from './receiver.ts';

type Person = Scenario['people'][number];
type Answer = { type?: number; data?: { content?: string; flags?: number } };

const WEBHOOKS = 'https://discord.com/api/v10/webhooks/';
/** So long Discord waits for an answer, and a person thinks about a question. */
const PATIENCE_MS = 3000;
const THINKING_MS = 20_000;
const EPHEMERAL = 64;

/** The functions that do what people say; what is not here is a word. */
const DOERS: Partial<Record<Person['act'], string>> = {
  ...{ look: 'showStatus', acknowledge: 'acknowledgeIncident', approve: 'orderRecovery' },
};

/** The server of Discord that a stage is commanded from: what people type and press there, and what they read. */
export class Guild {
  readonly #world: World;
  readonly #lambda: Lambda;
  readonly #interactions = new Map<string, Interaction>();
  /** Whose word is on its way, and what is to be done when it was heard. */
  readonly #waiting = new Map<Person, () => void>();
  #count = 0;

  constructor(world: World, lambda: Lambda) {
    this.#world = world;
    this.#lambda = lambda;
    world.journal.onEntry((entry) => {
      if (entry.what !== 'invocation' || entry.error !== undefined) return;
      const isMeant = ({ act }: Person) => entry.function.endsWith(`-${DOERS[act] ?? 'overrideWorkload'}`);
      const heard = [...this.#waiting].find(([person]) => isMeant(person));
      if (!heard) return;
      this.#waiting.delete(heard[0]);
      heard[1]();
    });
  }

  /** They say something of an interaction to whoever has them: secrets. */
  get tokens(): string[] {
    return [...this.#interactions.keys()];
  }

  /**
   * Has a person give a command, or press the button of the newest notice that has it.
   *
   * @param isHeard called when it is done
   */
  async say(person: Person, isHeard: () => void): Promise<void> {
    this.#waiting.set(person, isHeard);
    await this.#say(person);
    if (this.#waiting.delete(person)) this.#refused(person, this.#lastRead());
  }

  async #say(person: Person): Promise<void> {
    const { act, workload } = person;
    const command = commandOf(person);
    if (command) return this.#send(person, 2, command);
    const id = this.#shown(`${act}/${workload ?? ''}`);
    if (id === undefined) return this.#refused(person, 'no notice has such a button');
    return this.#send(person, 3, { component_type: 2, custom_id: id });
  }

  /** Answers what is said of an interaction; undefined for other addresses. */
  answer(request: Request): Response | undefined {
    const { url, method } = request;
    if (!url.startsWith(WEBHOOKS)) return undefined;
    const [, token = ''] = url.slice(WEBHOOKS.length).split('/');
    const { response, read } = sayMore(this.#interactions.get(token), request, this.#world.clock.now);
    if (read) this.#world.journal.write({ what: 'answered', method, ...read });
    else
      this.#world.journal.write({ what: 'fault', text: `Discord answered ${response.status} to what a command said` });
    return response;
  }

  async #send(person: Person, type: number, data: object): Promise<void> {
    const { commands } = this.#world.stage;
    const name = [...this.#lambda.functions.keys()].find((known) => known.endsWith('-receiveInteraction'));
    if (!commands || !name) return this.#refused(person, 'the stage file has no commands');
    const token = this.#world.random.hex(32);
    const at = this.#world.clock.now;
    const known: Interaction = { at, isPrivate: false };
    this.#interactions.set(token, known);
    const body = JSON.stringify({
      ...{ type, data, id: `1436${String(++this.#count).padStart(15, '0')}`, token, version: 1 },
      ...{ application_id: commands.application, guild_id: commands.guild },
      member: { user: { id: '1100000000000000009', username: person.by }, roles: [roleOf(person, commands)] },
    });
    const since = this.#world.journal.entries.length;
    const { statusCode, said } = await this.#request(name, body, at);
    if (statusCode !== 200) return this.#refused(person, `Discord was answered ${statusCode}`);
    if (this.#world.clock.now - at > PATIENCE_MS) return this.#refused(person, 'Discord was not answered in time');
    known.isPrivate = said.data?.flags === EPHEMERAL;
    known.is = said.type === 5 ? 'later' : 'open';
    if (said.type === 4) return this.#refused(person, said.data?.content ?? '');
    await this.#confirm(person, since);
  }

  /** What a failure of ours comes to for Discord is the 500 of the HTTP API. */
  async #request(name: string, body: string, at: number): Promise<{ statusCode: number; said: Answer }> {
    const answered = await this.#lambda.invoke(name, signedEvent(body, at)).catch(() => null);
    const { statusCode = 500, body: said = '{}' } = (answered ?? {}) as { statusCode?: number; body?: string };
    return { statusCode, said: JSON.parse(said) as Answer };
  }

  /** Says yes to what was asked back since then. */
  async #confirm(person: Person, since: number): Promise<void> {
    await this.#world.clock.sleep(THINKING_MS);
    const news = this.#world.journal.entries.slice(since);
    const asked = news.flatMap((entry) => (entry.what === 'answered' ? (buttonOf(entry.body, 'confirm/') ?? []) : []));
    const [question] = asked;
    if (question !== undefined) return this.#send(person, 3, { component_type: 2, custom_id: question });
  }

  #shown(beginning: string): string | undefined {
    for (const entry of this.#world.journal.entries.toReversed()) {
      const id = entry.what === 'delivered' ? buttonOf(entry.body, beginning) : undefined;
      if (id !== undefined) return id;
    }
    return undefined;
  }

  #lastRead(): string {
    const last = this.#world.journal.entries.findLast((entry) => entry.what === 'answered');
    const { content } = ((last?.what === 'answered' && last.body) || {}) as { content?: string };
    return content ?? 'nobody answered';
  }

  #refused(person: Person, why: string): void {
    const { act, workload } = person;
    this.#waiting.delete(person);
    const text = `${act} ${workload ?? 'the stage'} through Discord was refused: ${why}`;
    this.#world.journal.write({ what: 'fault', text });
  }
}
