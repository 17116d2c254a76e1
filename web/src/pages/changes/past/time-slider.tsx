import { type KeyboardEvent, type PointerEvent, useId } from 'react';
import { useLanguage } from '../../../texts/language.tsx';
import classes from '../changes.module.css';
import { barsOf, momentAt, type Range, shareOf, stepped } from './moment.ts';
import { SLOTS, useHistogram } from './use-remembered.ts';

interface Props {
  readonly range: Range;
  /** Epoch ms. */
  readonly at: number;
  readonly onMove: (at: number) => void;
  readonly onNeighbour: (where: 'before' | 'after') => void;
}

const NEIGHBOURS: Readonly<Record<string, 'before' | 'after'>> = { p: 'before', n: 'after' };

/** All that is remembered as a line, with how much happened when; held by the mouse, a finger, or keys. */
export function TimeSlider({ range, at, onMove, onNeighbour }: Props) {
  const { locale, texts } = useLanguage();
  const hint = useId();
  const press = (event: KeyboardEvent): void => {
    const where = NEIGHBOURS[event.key];
    const next = stepped(at, event.key, range);
    if (where === undefined && next === null) return;
    event.preventDefault();
    if (where) onNeighbour(where);
    else onMove(next ?? at);
  };
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onMove(momentAt((event.clientX - left) / width, range));
  };
  return (
    <div>
      <div
        role="slider"
        tabIndex={0}
        className={classes.slider}
        aria-label={texts.changes.moment}
        aria-valuemin={range.since}
        aria-valuemax={range.until}
        aria-valuenow={at}
        aria-valuetext={new Date(at).toLocaleString(locale)}
        aria-describedby={hint}
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && point(event)}
      >
        <Bars range={range} />
        <div className={classes.hand} style={{ left: `${shareOf(at, range) * 100}%` }} />
      </div>
      <p id={hint} className="quiet" style={{ fontSize: '0.75rem', margin: '0.25rem 0 0' }}>
        {texts.changes.keys}
      </p>
    </div>
  );
}

function Bars({ range }: { readonly range: Range }) {
  const histogram = useHistogram(range);
  const { bars, highest } = barsOf(histogram.data?.families ?? {}, SLOTS);
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 ${SLOTS} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-total={histogram.data?.total}
    >
      {bars.map((count, slot) => {
        // What happened rarely is still seen beside what happened often.
        const height = count === 0 ? 0 : Math.max(4, (100 * Math.log1p(count)) / Math.log1p(highest));
        return <rect key={slot} x={slot + 0.1} width={0.8} y={100 - height} height={height} />;
      })}
    </svg>
  );
}
