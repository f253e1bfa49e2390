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
  #application = document.createElement('div');
  #page = makePage(() => void this.#lookAgain());
  #said = document.createElement('p');
  #frame = document.createElement('div');
  /** Where a dialog of the application is open: it stands before everything, and nothing beside it can be reached. */
  #cover = document.createElement('dialog');
  #shown: Status = { state: 'unknown' };
  /** What had the focus when it was closed. */
  #focused: HTMLElement | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#frame.className = 'frame';
    this.#application.className = 'application';
    this.#application.append(document.createElement('slot'));
    this.#said.className = 'said';
    this.#said.setAttribute('role', 'status');
    this.#page.root.hidden = true;
    this.#frame.append(this.#application, this.#page.root);
    // Whoever presses Escape twice closes any dialog.
    this.#cover.addEventListener('close', () => this.#shown.state === 'down' && this.#cover.showModal());
    this.#cover.setAttribute('closedby', 'none');
    root.append(this.#frame, this.#cover, this.#said);
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

  attributeChangedCallback(name: string): void {
    this.#page.contact(this.getAttribute('contact'));
    if (!this.isConnected) return;
    if (name === 'contact' || name === 'lang') this.#render();
    else this.#follow();
  }

  #follow(): void {
    const { status, workload, health, contains } = Object.fromEntries(
      LamplighterGate.observedAttributes.map((name) => [name, this.getAttribute(name) ?? undefined]),
    );
    const next = watch({ status, workload, health, contains });
    if (next === this.#watch && this.#leave) return;
    this.#leave?.();
    this.#watch = next;
    this.#leave = next.subscribe(() => this.#render());
    this.#render();
  }

  #render(): void {
    const before = this.#shown;
    const status = this.#watch?.get() ?? before;
    this.#shown = status;
    const isDown = status.state === 'down';
    if (isDown) this.#page.show(status, this.#language(), Date.now());
    if (isDown && before.state !== 'down') this.#close();
    if (!isDown && before.state === 'down') this.#open();
    if (status === before) return;
    this.setAttribute('state', status.state);
    this.dispatchEvent(new CustomEvent('lamplighter-change', { detail: status, bubbles: true, composed: true }));
  }

  #close(): void {
    const focused = (this.getRootNode() as Document | ShadowRoot).activeElement;
    const wasInside = focused !== null && focused !== this && this.contains(focused);
    this.#focused = wasInside ? deepest(focused) : undefined;
    const isMain = [...document.querySelectorAll('main, [role=main]')].some((main) => !this.contains(main));
    this.#page.root.role = isMain ? 'region' : 'main';
    this.#application.inert = true;
    this.#page.root.hidden = false;
    this.#page.note('');
    if (this.querySelector(':modal')) {
      this.#cover.append(this.#page.root);
      this.#cover.showModal();
    }
    // Whoever was at it is brought to the page, which is read out by that; others are told.
    if (wasInside) this.#page.root.focus({ preventScroll: true });
    else this.#said.textContent = this.#page.text();
  }

  #open(): void {
    const isAtPage = this.shadowRoot?.activeElement != null;
    this.#application.inert = false;
    this.#page.root.hidden = true;
    this.#cover.close();
    this.#frame.append(this.#page.root);
    this.#said.textContent = wordsIn(this.#language()).back;
    if (isAtPage || document.activeElement === document.body) this.#focused?.focus({ preventScroll: true });
    this.#focused = undefined;
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

/** What has the focus, also within other components. */
function deepest(element: Element): HTMLElement {
  const inner = element.shadowRoot?.activeElement;
  return inner ? deepest(inner) : (element as HTMLElement);
}

if (globalThis.customElements && !customElements.get('lamplighter-gate'))
  customElements.define('lamplighter-gate', LamplighterGate);

declare global {
  interface HTMLElementTagNameMap {
    'lamplighter-gate': LamplighterGate;
  }
  interface HTMLElementEventMap {
    'lamplighter-change': CustomEvent<Status>;
  }
}
