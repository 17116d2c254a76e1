import { useTexts } from '../../texts/language.tsx';
import type { Strip } from './strips.ts';

const HEIGHT = 14;

/** When a device was here lately, oldest left. Unknown is hatched, so that colour is not all that tells it. */
export function StripMark({ strip }: { readonly strip: Strip | undefined }) {
  const { devices } = useTexts();
  if (strip === undefined) return <svg width="100%" height={HEIGHT} aria-hidden="true" />;
  const { since, until, stretches, share } = strip;
  const length = Math.max(1, until - since);
  return (
    <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={devices.strip(share)}>
      {stretches.map(({ presence, from, to }) => (
        <rect
          key={from}
          x={((from - since) / length) * 100}
          width={Math.max(0.4, ((to - from) / length) * 100)}
          {...(presence === 'present' ? { y: 1, height: HEIGHT - 2 } : { y: HEIGHT / 2 - 1, height: 2 })}
          fill={`var(--${presence})`}
          opacity={presence === 'away' ? 0.5 : 1}
        />
      ))}
    </svg>
  );
}
