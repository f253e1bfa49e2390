/** The application keeps its boxes while it is not shown, so that it scrolls, plays and measures as before. */
export const STYLE = `
:host { display: block }
.frame { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); block-size: 100% }
.frame > * { grid-area: 1 / 1 }
.application { min-inline-size: 0 }
.application[inert] { visibility: hidden; opacity: 0 }
.page {
  --ink: var(--lamplighter-ink, CanvasText);
  --ground: var(--lamplighter-ground, Canvas);
  --lamp: var(--lamplighter-lamp, #e39a1f);
  --quiet: color-mix(in srgb, var(--ink) 72%, var(--ground));
  position: sticky; inset-block-start: 0; z-index: 1; align-self: start;
  box-sizing: border-box; block-size: 100%; max-block-size: 100dvh; min-block-size: var(--lamplighter-height, 100dvh);
  display: grid; place-content: safe center; overflow: auto; padding: 2rem 1.5rem;
  color: var(--ink); background: var(--ground);
  font: var(--lamplighter-font, 1rem/1.55 system-ui, sans-serif);
  word-break: keep-all; overflow-wrap: anywhere;
}
.page[hidden] { display: none }
.page:focus { outline: none }
dialog { inset: 0; inline-size: 100%; block-size: 100%; max-inline-size: 100%; max-block-size: 100%; padding: 0; border: 0 }
.card { max-inline-size: 30rem; display: grid; gap: 1rem }
.card > * { margin: 0 }
svg { inline-size: 3.25rem; fill: none; stroke: var(--quiet); stroke-width: 1.6; stroke-linejoin: round }
circle { fill: var(--lamp); stroke: none; opacity: .2 }
[data-cause=starting] circle { animation: kindle 2.4s ease-in-out infinite alternate }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.1rem); line-height: 1.25; font-weight: 650; text-wrap: balance }
.opens { padding-inline-start: 1rem; border-inline-start: 3px solid var(--lamp) }
.opens span, .kept, .contact { color: var(--quiet); font-size: .9em }
.opens span, time { display: block }
time { font-size: 1.3em; font-weight: 600 }
.note:empty { display: none }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem }
button {
  font: inherit; font-weight: 600; color: inherit; background: none; cursor: pointer;
  min-block-size: 2.75rem; padding: .4rem 1.1rem; border: 1px solid var(--quiet); border-radius: .5rem;
}
button:hover { border-color: var(--lamp) }
a { color: inherit }
:is(button, a):focus-visible { outline: 3px solid var(--lamp); outline-offset: 3px; border-radius: .5rem }
.said { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@keyframes kindle { to { opacity: .85 } }
@media (prefers-reduced-motion: reduce) { circle { animation: none !important } }
`;
