import { Activity, type ReactNode, useEffect, useRef } from 'react';
import { useLamplighter } from './lamplighter/use-lamplighter.js';
import { SOURCES } from './sources.ts';

/**
 * Shows what is in it while the application is up. An Activity keeps what is hidden, with all that was typed, and ends its
 * effects, so that nothing is asked of a server that is off: https://react.dev/reference/react/Activity
 */
export function WhileUp({ children }: { children: ReactNode }) {
  const { state, opensAt, check } = useLamplighter(SOURCES);
  const isDown = state === 'down';
  return (
    <>
      <Activity mode={isDown ? 'hidden' : 'visible'}>{children}</Activity>
      {isDown && <Closed opensAt={opensAt} onLookAgain={check} />}
    </>
  );
}

function Closed({ opensAt, onLookAgain }: { opensAt: string | undefined; onLookAgain: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever was typing has lost the focus, and hears why.
  useEffect(() => title.current?.focus(), []);
  return (
    <main className="closed">
      <h1 ref={title} tabIndex={-1}>
        The chat is closed
      </h1>
      {opensAt && (
        <p>
          It opens again on{' '}
          <time dateTime={opensAt}>
            {new Date(opensAt).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' })}
          </time>
          .
        </p>
      )}
      <button type="button" onClick={onLookAgain}>
        Look again
      </button>
    </main>
  );
}
