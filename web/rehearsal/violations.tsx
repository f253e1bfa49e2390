import type { Report } from '../../rehearsal/report.ts';
import { type Item, LANES, type Lane } from './lanes.ts';
import { useVoice } from './words.ts';

interface ViolationsProps {
  report: Report;
  lanes: Lane[];
  onOpen(item: Item, isToBeRead: boolean): void;
}

/** So many are named; the others are in the timeline. */
const NAMED = 10;

/** Laws that were broken: the first thing to read. */
export function Violations({ report: { violations }, lanes, onOpen }: ViolationsProps) {
  const { words, labelOf } = useVoice();
  if (violations.length === 0) return null;
  const items = lanes.find(({ id }) => id === LANES.violations)?.items ?? [];
  return (
    <section aria-labelledby="violations">
      <h2 id="violations">{words.sections.violations}</h2>
      <ul class="meanwhile" lang="en">
        {items.slice(0, NAMED).map((item) => (
          <li key={item.id}>
            <button type="button" onClick={() => onOpen(item, true)}>
              <i class="item violation bad" />
              <span dir="auto">{labelOf(item)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
