import type { Page } from './page.ts';

/** What stands between an application and its readers. */
export interface Curtain {
  /** Brings whoever was at the application to the page. @returns whether anybody was */
  close(): boolean;
  /** And back to where they were. */
  open(): void;
}

/** @param application what holds it; it stays where it is */
export function makeCurtain(host: HTMLElement, application: HTMLElement, page: Page, shadow: ShadowRoot): Curtain {
  const frame = make('div', 'frame');
  frame.append(application, page.root);
  // Where a dialog of the application is open: it stands before everything, and nothing beside it can be reached.
  const cover = document.createElement('dialog');
  cover.setAttribute('closedby', 'none');
  // Where that is not known yet, whoever presses Escape twice closes any dialog.
  cover.addEventListener('close', () => application.inert && cover.showModal());
  shadow.append(frame, cover);
  let focused: HTMLElement | undefined;

  return {
    close() {
      const { activeElement } = host.getRootNode() as Document | ShadowRoot;
      const isInside = activeElement !== null && activeElement !== host && host.contains(activeElement);
      focused = isInside ? deepest(activeElement) : undefined;
      const isMainElsewhere = [...document.querySelectorAll('main, [role=main]')].some((main) => !host.contains(main));
      page.root.role = isMainElsewhere ? 'region' : 'main';
      application.inert = true;
      page.root.hidden = false;
      if (host.querySelector(':modal')) {
        cover.append(page.root);
        cover.showModal();
      }
      if (isInside) page.root.focus({ preventScroll: true });
      return isInside;
    },
    open() {
      const isAtPage = shadow.activeElement !== null || document.activeElement === document.body;
      application.inert = false;
      page.root.hidden = true;
      cover.close();
      frame.append(page.root);
      if (isAtPage) focused?.focus({ preventScroll: true });
    },
  };
}

export function make(name: 'div' | 'p', of: string): HTMLElement {
  return Object.assign(document.createElement(name), { className: of });
}

/** What has the focus, also within other components. */
function deepest(element: Element): HTMLElement {
  const inner = element.shadowRoot?.activeElement;
  return inner ? deepest(inner) : (element as HTMLElement);
}
