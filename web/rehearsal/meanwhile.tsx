import type { Item, Lane } from './lanes.ts';
import { useVoice } from './words.ts';

/** What came shortly before may be why, what comes shortly after may be of it. */
const AROUND_MS = 60_000;
const MOST = 12;

interface MeanwhileProps {
  item: Item;
  lanes: Lane[];
  onOpen(item: Item, isToBeRead: boolean): void;
}

/** What else there was at that time: a run explains a notice, a fault a run. */
export function Meanwhile({ item, lanes, onOpen }: MeanwhileProps) {
  const { words, labelOf } = useVoice();
  const [from, to] = [item.from - AROUND_MS, item.to + AROUND_MS];
  const others = lanes
    .flatMap(({ items }) => items)
    .filter((other) => other !== item && other.from <= to && other.to >= from && !isAboutRun(other, item))
    .slice(0, MOST);
  if (others.length === 0) return null;
  return (
    <>
      <h3>{words.sheet.meanwhile}</h3>
      <ul class="meanwhile">
        {others.map((other) => (
          <li key={other.id}>
            <button type="button" onClick={() => onOpen(other, true)}>
              <i class={`item ${other.what} ${other.tone}`} />
              <span>
                {(other.what === 'run' || (other.what === 'incident' && other.incident.workload !== undefined)) && (
                  <bdi>{other.lane} </bdi>
                )}
                {labelOf(other)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A run's notices are with it already. */
function isAboutRun(other: Item, item: Item): boolean {
  return (
    other.what === 'notice' &&
    item.what === 'run' &&
    other.notice.workload === item.lane &&
    other.notice.run === item.run.key
  );
}
