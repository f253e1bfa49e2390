import type { Status } from './status.ts';
import { momentOf } from './when.ts';
import { causeOf, wordsIn } from './words.ts';

/** Whom it is shown to. */
interface Reader {
  language: string;
  /** An address of mail or the web, or words. */
  contact: string | null;
  /** Whether the application was there before. */
  wasUp: boolean;
}

/** What is shown in the application's place. */
export interface Page {
  root: HTMLElement;
  /**
   * Shows how it is.
   *
   * @param now milliseconds since the epoch
   */
  show(status: Status, reader: Reader, now: number): void;
  /** What a screen reader says when it comes up. */
  text(): string;
  /** What came of looking again. */
  note(text: string): void;
}

/** As on the status page. */
const LAMP = 'M16 3v3M6 11h20l-4-5H10zM8.5 11l3 15h9l3-15M10.5 26h11l-1.5 3h-8zM16 29v13M12 42h8';

export function makePage(again: () => void): Page {
  const root = make('section', 'page', { tabIndex: -1, hidden: true });
  const card = make('div', 'card');
  const title = make('h1', 'title', { id: 'title' });
  const why = make('p', 'why', { id: 'why' });
  const opens = make('p', 'opens', { id: 'opens' });
  const label = make('span', 'label');
  const time = make('time', 'time');
  const away = make('span', 'away');
  const kept = make('p', 'kept');
  const foot = make('div', 'foot');
  const button = make('button', 'again', { type: 'button', onclick: again });
  const contact = make('span', 'contact');
  const note = make('span', 'note');
  const closed = document.createElement('slot');
  closed.name = 'closed';
  put(root, { 'aria-labelledby': 'title', 'aria-describedby': 'why opens' });
  opens.append(label, time, away);
  foot.append(button, note, contact);
  card.append(lamp(), title, why, opens, kept, foot);
  closed.append(card);
  root.append(closed);
  let asked = '';
  return {
    root,
    show(status, { language, contact: how, wasUp }, now) {
      const words = wordsIn(language);
      const cause = causeOf(status.why);
      root.lang = language;
      root.dataset['cause'] = cause;
      [title.textContent, why.textContent] = words.causes[cause];
      opens.hidden = !status.opensAt;
      if (status.opensAt) {
        const moment = momentOf(status.opensAt, language, now);
        label.textContent = Date.parse(status.opensAt) > now ? words.opens : words.late;
        time.textContent = moment.time;
        time.dateTime = status.opensAt;
        away.textContent = moment.away;
      }
      kept.textContent = (wasUp ? words.kept : '') + words.byItself;
      button.textContent = words.again;
      // What has the focus stays as it is.
      if (asked === words.contact + how) return;
      asked = words.contact + how;
      contact.replaceChildren(...(how ? [`${words.contact} `, linkTo(how)] : []));
    },
    text: () => [title, why, ...(opens.hidden ? [] : [label, time])].map((one) => one.textContent).join(' '),
    note(text) {
      note.textContent = text;
    },
  };
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  part: string,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return put(Object.assign(document.createElement(name), properties), { class: part, part });
}

/** Only what cannot run anything is a link; anything else is text. */
function linkTo(how: string): Node | string {
  const address = /^[^\s:]+@[^\s:]+$/.test(how) ? `mailto:${how}` : how;
  if (!/^(https?|mailto|tel):/i.test(address)) return how;
  return make('a', 'link', { href: address, textContent: how.replace(/^(mailto|tel):/i, '') });
}

function lamp(): Element {
  const draw = (name: string, attributes: Record<string, string>) =>
    put(document.createElementNS('http://www.w3.org/2000/svg', name), attributes);
  const drawn = draw('svg', { viewBox: '0 0 32 44', 'aria-hidden': 'true', part: 'lamp' });
  drawn.append(draw('circle', { cx: '16', cy: '18', r: '15' }), draw('path', { d: LAMP }));
  return drawn;
}

function put<Of extends Element>(element: Of, attributes: Record<string, string>): Of {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
