import { useLanguage } from '../texts/language.tsx';
import { lengthOf } from './ago.ts';
import { useNow } from './clock.tsx';

const SOON = 10_000;

interface Props {
  /** ISO text, as the contract gives it. */
  readonly at: string;
  /** How it reads: a length of time until now, or the hour and day in the viewer's zone. */
  readonly as?: 'ago' | 'moment' | 'hour';
}

/** A moment in the viewer's zone; the exact UTC when one points at it. */
export function Instant({ at, as = 'ago' }: Props) {
  const { locale, texts } = useLanguage();
  const now = useNow();
  const ms = Date.parse(at);
  const { unit, just } = texts.words;
  const ago = (): string => (now - ms < SOON ? just : lengthOf(now - ms, unit));
  const shown = as === 'ago' ? ago() : new Date(ms).toLocaleString(locale, as === 'hour' ? HOUR : MOMENT);
  return (
    <time dateTime={at} title={at} className="number">
      {shown}
    </time>
  );
}

const HOUR: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };
