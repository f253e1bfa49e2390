import { make, makeCurtain } from './curtain.ts';
import { makePage } from './page.ts';
import type { Status } from './status.ts';
import { STYLE } from './style.ts';
import { type Watch, watch } from './watch.ts';
import { languageOf, wordsIn } from './words.ts';

export type { Status } from './status.ts';

/** Where there is no page, while it is rendered on a server, there is no element either. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<lamplighter-gate status workload health contains contact lang>`: shows what is in it while it is up, and a page with
 * the time of opening while it is not. What is in it is never removed. Says `lamplighter-change`, with the status, and has
 * the attribute `state`.
 */
export class LamplighterGate extends Base {
  static observedAttributes = ['status', 'workload', 'health', 'contains', 'contact', 'lang'];

  #watch: Watch | undefined;
  #leave: (() => void) | undefined;
  #shown: Status = { state: 'unknown' };
  #wasUp = false;
  #page = makePage(() => void this.#lookAgain());
  #said = make('p', 'said');
  #application = make('div', 'application');
  #shadow = this.attachShadow({ mode: 'open' });
  #curtain = makeCurtain(this, this.#application, this.#page, this.#shadow);

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#application.append(document.createElement('slot'));
    this.#said.role = 'status';
    this.#shadow.append(this.#said);
  }

  /** How it is now. */
  get current(): Status {
    return this.#shown;
  }

  /** Looks now, say after a request of the application has failed. */
  async check(): Promise<Status> {
    return this.#watch?.check() ?? this.#shown;
  }

  connectedCallback(): void {
    this.#follow();
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#follow();
  }

  #follow(): void {
    const of = (name: string) => this.getAttribute(name) ?? undefined;
    const sources = { status: of('status'), workload: of('workload'), health: of('health'), contains: of('contains') };
    const next = watch(sources);
    if (next !== this.#watch || !this.#leave) {
      this.#leave?.();
      this.#watch = next;
      this.#leave = next.subscribe(() => this.#render());
    }
    this.#render();
  }

  #render(): void {
    const before = this.#shown;
    const status = this.#watch?.get() ?? before;
    const wasDown = before.state === 'down';
    this.#shown = status;
    if (status.state === 'down') {
      const reader = { language: this.#language(), contact: this.getAttribute('contact'), wasUp: this.#wasUp };
      this.#page.show(status, reader, Date.now());
      if (!wasDown) this.#close();
    } else if (wasDown) {
      this.#curtain.open();
      this.#said.textContent = wordsIn(this.#language()).back;
    }
    this.#wasUp ||= status.state === 'up';
    if (status === before) return;
    this.setAttribute('state', status.state);
    this.dispatchEvent(new CustomEvent('lamplighter-change', { detail: status, bubbles: true, composed: true }));
  }

  #close(): void {
    this.#page.note('');
    // Whoever was at it hears the page by coming there.
    this.#said.textContent = this.#curtain.close() ? '' : this.#page.text();
  }

  async #lookAgain(): Promise<void> {
    const { looking, notYet } = wordsIn(this.#language());
    this.#tell(looking);
    const { state } = await this.check();
    if (state === 'down') this.#tell(notYet);
  }

  /** To eyes and to ears. */
  #tell(text: string): void {
    this.#page.note(text);
    this.#said.textContent = text;
  }

  #language(): string {
    const page = this.closest<HTMLElement>('[lang]')?.lang;
    return languageOf(page || navigator.language, navigator.languages);
  }
}

if (globalThis.customElements && !customElements.get('lamplighter-gate'))
  customElements.define('lamplighter-gate', LamplighterGate);

declare global {
  interface HTMLElementTagNameMap {
    'lamplighter-gate': LamplighterGate;
  }
  interface GlobalEventHandlersEventMap {
    'lamplighter-change': CustomEvent<Status>;
  }
}
