import { Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { TimelineJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { useLanguage } from '../../texts/language.tsx';
import { type Bar, barsOf, ticksOf } from './chart.ts';
import classes from './device.module.css';

const SPANS = ['1d', '7d', '30d', '365d'] as const;
type Span = (typeof SPANS)[number];

/** When it was here: a day to a year. */
export function Timeline({ id }: { readonly id: number }) {
  const { timeline } = useLanguage().texts.device;
  const [span, setSpan] = useState<Span>('7d');
  const asked = useQuery({
    queryKey: ['presence.timeline', id, span],
    queryFn: ({ signal }) => client.presence.timeline({ device: [String(id)], since: span }, { signal }),
    meta: { follows: ['commits'] },
  });
  return (
    <Section
      title={timeline.title}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={timeline.span}
          value={span}
          onChange={(value) => setSpan(value)}
          data={SPANS.map((value) => ({ value, label: timeline.spans[value] }))}
        />
      }
    >
      <Answer of={asked}>{([told]) => told && <Chart key={span} told={told} />}</Answer>
    </Section>
  );
}

const HEIGHT = 36;

function Chart({ told }: { readonly told: TimelineJson }) {
  const { locale, texts } = useLanguage();
  const { timeline } = texts.device;
  const bars = barsOf(told);
  const [chosen, choose] = useState<number | null>(null);
  const [since, until] = [Date.parse(told.since), Date.parse(told.until)];
  const said = (bar: Bar): string =>
    timeline.stretch(texts.words.presence[bar.presence], momentOf(bar.from, locale), bar.to === null ? null : momentOf(bar.to, locale));
  const index = Math.min(bars.length - 1, chosen ?? bars.length - 1);
  const bar = bars[index];
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = nextBar(event.key, index, bars.length);
    if (to === null) return;
    event.preventDefault();
    choose(to);
  };
  if (!bar) return <Text size="sm">{timeline.nobody}</Text>;
  return (
    <div>
      <div
        role="slider"
        tabIndex={0}
        className={classes.chart}
        aria-label={timeline.chart}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, bars.length - 1)}
        aria-valuenow={index}
        aria-valuetext={said(bar)}
        onKeyDown={onKeyDown}
        onMouseLeave={() => choose(null)}
      >
        <svg width="100%" height={HEIGHT} aria-hidden="true">
          <defs>
            <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="2.500" height="6" fill="var(--unknown)" />
            </pattern>
          </defs>
          {bars.map(({ presence, x, width, from }, i) => (
            <rect
              key={from}
              x={`${x}%`}
              width={`${width}%`}
              {...PLACES[presence]}
              data-stretch={presence}
              stroke={i === chosen ? 'var(--mantine-color-text)' : 'none'}
              strokeWidth={2}
              onMouseEnter={() => choose(i)}
            />
          ))}
        </svg>
        <Ticks since={since} until={until} />
      </div>
      <Text size="sm" data-said>
        {said(bar)}
      </Text>
      <Shares told={told} />
    </div>
  );
}

/** Height tells presence as well as colour does; unknown is hatched. */
const PLACES = {
  present: { y: 2, height: HEIGHT - 4, fill: 'var(--present)' },
  away: { y: HEIGHT - 8, height: 6, fill: 'var(--away)' },
  unknown: { y: 2, height: HEIGHT - 4, fill: 'url(#hatched)' },
} as const;

function Ticks({ since, until }: { readonly since: number; readonly until: number }) {
  const { locale } = useLanguage();
  const days = (until - since) / 86_400_000;
  const form: Intl.DateTimeFormatOptions =
    days <= 2 ? { hour: '2-digit', minute: '2-digit' } : days <= 60 ? { day: 'numeric', month: 'short' } : { month: 'short' };
  return (
    <div className={classes.ticks} aria-hidden="true">
      {ticksOf(since, until).map((at) => (
        <span key={at} style={{ left: `${((at - since) / (until - since)) * 100}%` }}>
          {new Date(at).toLocaleString(locale, form)}
        </span>
      ))}
    </div>
  );
}

function Shares({ told: { share, seconds, cut } }: { readonly told: TimelineJson }) {
  const { timeline } = useLanguage().texts.device;
  const percent = (part: number): string => String(Math.round(part * 1000) / 10);
  const total = seconds.present + seconds.away + seconds.unknown;
  return (
    <Group gap="md" mt={4}>
      <Text size="sm" className="quiet number" data-share>
        {share === null ? timeline.nobody : timeline.share(percent(share))}
      </Text>
      {seconds.unknown > 0 && total > 0 && (
        <Text size="sm" className="quiet number">
          {timeline.unknown(percent(seconds.unknown / total))}
        </Text>
      )}
      {cut && <Text size="sm">{timeline.cut}</Text>}
    </Group>
  );
}

const momentOf = (at: number, locale: string): string => new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });

function nextBar(key: string, index: number, count: number): number | null {
  const places: Readonly<Record<string, number>> = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: count - 1 };
  const to = places[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}
