import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface SomeProps<Item> {
  all: Item[];
  /** How many are shown until somebody asks for all. */
  first: number;
  /** What the button says. */
  more(count: number): string;
  children(shown: Item[]): ComponentChildren;
}

/** The first of a long list, and a button for all of it. */
export function Some<Item>({ all, first, more, children }: SomeProps<Item>) {
  const [isAll, setAll] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const showAll = () => {
    setAll(true);
    // The button goes away, and whoever pressed it by the keyboard would be sent back to the beginning of the page.
    list.current?.focus();
  };
  const shown = isAll ? all : all.slice(0, first);
  return (
    <div ref={list} tabIndex={-1}>
      {children(shown)}
      {shown.length < all.length && (
        <button type="button" onClick={showAll}>
          {more(all.length)}
        </button>
      )}
    </div>
  );
}
