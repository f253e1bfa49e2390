import './lamp.css';

/** `lit` is up, `out` is off and rightly so, `turning` becomes the one or the other, `broken` wants somebody. */
export type Light = 'lit' | 'out' | 'turning' | 'broken' | 'unknown';

/** A street lamp. What it says stands in words beside it: it is only looked at. */
export function Lamp({ light }: { light: Light }) {
  return (
    <svg class={`lamp ${light}`} viewBox="0 0 32 44" aria-hidden="true" focusable="false">
      <circle class="glow" cx="16" cy="16" r="15" />
      <path class="glass" d="M9 9.5h14l-2.6 13h-8.8z" />
      <path
        class="frame"
        d="M16 1.5v2.5M7 9.5h18c-1.5-3.5-5-5.5-9-5.5s-7.5 2-9 5.5zM9 9.5l2.6 13h8.8l2.6-13M11 22.5h10l-2 3h-6zM16 25.5v16.5M12.5 42.5h7M14.5 37h3"
      />
      {light === 'broken' && <path class="mark" d="m13 12.5 6 7m0-7-6 7" />}
      {light === 'unknown' && <path class="mark" d="M13.7 13.6a2.4 2.4 0 1 1 3.3 2.2c-.8.4-1 .8-1 1.5m0 2.5v.1" />}
      {light === 'turning' && <path class="mark" d="M16 12v4.5l2.5 1.5" />}
    </svg>
  );
}
