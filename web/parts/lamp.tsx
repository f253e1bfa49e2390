import './lamp.css';

/** `lit` is up, `out` is off and rightly so, `turning` becomes the one or the other, `broken` wants somebody. */
export type Light = 'lit' | 'out' | 'turning' | 'broken' | 'unknown';

/** A street lamp. What it says stands in words beside it: it is only looked at. */
export function Lamp({ light }: { light: Light }) {
  return (
    <svg class={`lamp ${light}`} viewBox="0 0 32 44" aria-hidden="true" focusable="false">
      <circle class="glow" cx="16" cy="18" r="15" />
      <path class="glass" d="M8.5 11h15l-3 15h-9z" />
      <path class="frame" d="M16 3v3M6 11h20l-4-5H10zM10.5 26h11l-1.5 3h-8zM16 29v13M12 42h8" />
      {light === 'broken' && <path class="mark" d="m12.5 14 7 9m0-9-7 9" />}
      {light === 'unknown' && <path class="mark" d="M13.5 16.2a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.8-1.1 1.7m0 2.6v.1" />}
      {light === 'turning' && <path class="mark" d="M16 14v5l3 2" />}
    </svg>
  );
}
