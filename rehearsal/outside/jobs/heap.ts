/** Something that is to happen. */
export interface Coming {
  /** Milliseconds since the epoch. */
  at: number;
}

/** What is to happen, the earliest first: a binary heap, since a month of a queue has millions of ends. */
export class Heap<Of extends Coming> {
  readonly #items: Of[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** When the earliest is; never, where there is none. */
  get nextAt(): number {
    return this.#items[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  push(item: Of): void {
    const items = this.#items;
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent] as Of;
      if (above.at <= item.at) break;
      items[place] = above;
      place = parent;
    }
    items[place] = item;
  }

  pop(): Of | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] as Of).at < (items[child] as Of).at) child++;
      const below = items[child] as Of;
      if (below.at >= last.at) break;
      items[place] = below;
      place = child;
    }
    items[place] = last;
    return first;
  }

  values(): readonly Of[] {
    return this.#items;
  }
}

/** First in, first out, without moving what is left at each step. */
export class Line<Of> {
  #items: Of[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  get first(): Of | undefined {
    return this.#items[this.#head];
  }

  push(item: Of): void {
    this.#items.push(item);
  }

  shift(): Of | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head++];
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  values(): Of[] {
    return this.#items.slice(this.#head);
  }
}
