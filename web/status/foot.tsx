import { useVoice } from './words.ts';

/** Whose clock it is by, and where the same can be had by programs. @param zone of the stage */
export function Foot({ zone }: { zone: string }) {
  const { words } = useVoice();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <footer>
      <p>{own === zone ? words.zone(zone) : words.zones(own, zone)}</p>
      <p>
        {words.asData}: <a href="status.json">status.json</a>, <a href="history.json">history.json</a>
      </p>
    </footer>
  );
}
