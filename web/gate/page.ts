import type { Status } from './status.ts';
import { clock, momentOf } from './when.ts';
import { causeOf, wordsIn } from './words.ts';

/** A page's elements by their part; they are made once, and texts put in. */
export interface Page {
  root: HTMLElement;
  /** Shows how it is. */
  show(status: Status, language: string, now: number): void;
  /** What a screen reader says when it comes up. */
  text(): string;
  contact(how: string | null): void;
  note(text: string): void;
}

const LAMP = ['M24 3v5M14 13h20l4 22H10zM8 35h32v5H8zM18 45h12', 'M24 17c5 6 5 12 0 14-5-2-5-8 0-14z'];
const SVG = 'http://www.w3.org/2000/svg';

export function makePage(again: () => void): Page {
  const root = make('section', 'page', { tabIndex: -1 });
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
  root.setAttribute('aria-labelledby', 'title');
  root.setAttribute('aria-describedby', 'why opens');
  opens.append(label, time, away);
  foot.append(button, note, contact);
  card.append(lamp(), title, why, opens, kept, foot);
  closed.append(card);
  root.append(closed);
  let questions = '';
  let how: string | null = null;
  const ask = () => contact.replaceChildren(...(how ? [`${questions} `, linkTo(how)] : []));
  return {
    root,
    show(status, language, now) {
      const words = wordsIn(language);
      const cause = causeOf(status.why);
      root.lang = wordsIn(language) === wordsIn('ko') ? 'ko' : 'en';
      root.dataset['cause'] = cause;
      [title.textContent, why.textContent] = words.causes[cause];
      opens.hidden = !status.opensAt;
      if (status.opensAt) {
        const moment = momentOf(status.opensAt, language, now);
        label.textContent = Date.parse(status.opensAt) > now ? words.opens : words.late;
        time.textContent = moment.time;
        time.dateTime = status.opensAt;
        away.textContent = `${moment.away} · ${moment.zone}`;
      }
      kept.textContent = words.kept;
      button.textContent = words.again;
      questions = words.contact;
      ask();
    },
    text: () => [title, why, ...(opens.hidden ? [] : [label, time])].map((one) => one.textContent).join(' '),
    contact(given) {
      how = given;
      ask();
    },
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
  const made = Object.assign(document.createElement(name), { className: part }, properties);
  made.setAttribute('part', part);
  return made;
}

/** Only what cannot run anything is a link; anything else is text. */
function linkTo(how: string): Node {
  const address = /^\S+@\S+\.\S+$/.test(how) && !how.includes(':') ? `mailto:${how}` : how;
  if (!/^(https?|mailto|tel):/i.test(address)) return document.createTextNode(how);
  return make('a', 'link', { href: address, textContent: how.replace(/^(mailto|tel):/i, '') });
}

function lamp(): Element {
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('viewBox', '0 0 48 48');
  drawn.setAttribute('aria-hidden', 'true');
  drawn.setAttribute('part', 'lamp');
  LAMP.forEach((d, index) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill', index ? 'currentColor' : 'none');
    path.setAttribute('stroke', index ? 'none' : 'currentColor');
    path.setAttribute('stroke-width', '2');
    path.setAttribute('stroke-linejoin', 'round');
    path.setAttribute('class', index ? 'light' : 'frame-of-lamp');
    drawn.append(path);
  });
  return drawn;
}
