import { useTexts } from '../texts/language.tsx';

type Presence = 'present' | 'away' | 'unknown';

/** A shape for each presence, so that colour is not all that tells them apart. */
const SHAPES: Readonly<Record<Presence, string>> = {
  present: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  away: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  unknown: 'M6 .5 11.500 6 6 11.500.500 6Z',
};

/** Here, away, or nobody knows. `silent`: the word stands beside it already. */
export function PresenceMark({ presence, silent = false }: { readonly presence: Presence; readonly silent?: boolean }) {
  const { words } = useTexts();
  const named = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words.presence[presence] };
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" style={{ flex: 'none' }} {...named}>
      <title>{words.presenceAbout[presence]}</title>
      <path d={SHAPES[presence]} fill={`var(--${presence})`} fillRule="evenodd" />
    </svg>
  );
}
