import { Text } from '@mantine/core';
import type { SpanJson } from '../../../../src/contract/index.ts';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import classes from './device.module.css';

interface Props {
  readonly title: string;
  readonly spans: readonly SpanJson[];
  readonly say: (span: SpanJson) => string;
}

const SHOWN = 50;

/** What held, from when to when; newest first. */
export function SpanLines({ title, spans, say }: Props) {
  const { identity } = useTexts().device;
  if (spans.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600} className="foreign">
        {visible(title)}
      </Text>
      <ul className={classes.lines}>
        {spans.slice(0, SHOWN).map((span) => (
          <li key={`${span.key} ${span.from} ${span.openedBy}`}>
            <Text size="sm" className="foreign">
              {visible(say(span))}{' '}
              <span className="quiet">
                <Instant at={span.from} as="moment" /> – {span.to === null ? identity.now : <Instant at={span.to} as="moment" />}
              </span>
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
