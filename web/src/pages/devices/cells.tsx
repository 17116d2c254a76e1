import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DeviceLink } from '../../parts/device-link.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { useTexts } from '../../texts/language.tsx';
import type { Texts } from '../../texts/texts.ts';
import { Instant } from '../../times/instant.tsx';
import { LONGEST, shortened } from './called.ts';
import type { ColumnId } from './columns.ts';
import classes from './devices.module.css';
import type { Row } from './row.ts';
import { StripMark } from './strip-mark.tsx';
import type { Strip } from './strips.ts';

const PORTS_SHOWN = 4;

interface Props {
  readonly column: ColumnId;
  readonly row: Row;
  readonly strip: Strip | undefined;
}

/** What a row shows in a column. */
export function Cell({ column, row, strip }: Props) {
  const texts = useTexts();
  return column === 'name' ? (
    <Name row={row} />
  ) : column === 'presence' ? (
    <StripMark strip={strip} />
  ) : (
    <span className={classes.text}>{DRAWN[column](row, texts)}</span>
  );
}

const list = (texts: readonly string[]): string => shortened(texts.slice(0, 8).join(', '));

const DRAWN: Readonly<Record<Exclude<ColumnId, 'name' | 'presence'>, (row: Row, texts: Texts) => ReactNode>> = {
  addresses: ({ addresses }) => list(addresses),
  type: ({ type, typeBy }, { devices }) =>
    type !== null && (
      <>
        {type} {typeBy === 'guess' && <span className="quiet">({devices.guessed})</span>}
      </>
    ),
  owner: ({ owner }) => owner !== null && shortened(owner),
  vendor: ({ vendor }) => vendor !== null && shortened(vendor),
  ports: ({ open }, { devices }) => {
    const shown = open
      .slice(0, PORTS_SHOWN)
      .map((port) => port.replace(/\/tcp$/, ''))
      .join(', ');
    return open.length > PORTS_SHOWN ? `${shown} ${devices.morePorts(open.length - PORTS_SHOWN)}` : shown;
  },
  lastSeen: ({ lastSeen }) => <Instant at={lastSeen} />,
  firstSeen: ({ firstSeen }) => <Instant at={firstSeen} as="moment" />,
  groups: ({ groups }) => list(groups),
  tags: ({ tags }) => list(tags),
  importance: ({ importance }, { words }) => words.importances[importance],
  macs: ({ macs }) => <span className="mono">{list(macs)}</span>,
  os: ({ os }) => os !== null && shortened(os),
};

function Name({ row }: { readonly row: Row }) {
  const { devices } = useTexts();
  const { id, name, addresses, macs, presence, probed } = row;
  return (
    <span className={classes.name}>
      <PresenceMark presence={presence} />
      <Text size="sm" truncate span fw={500}>
        <DeviceLink device={{ id, name: name === null ? null : name.slice(0, LONGEST) }} beside={addresses[0] ?? macs[0]} />
      </Text>
      {!probed && (
        <Text size="xs" span className="quiet" style={{ flex: 'none' }}>
          {devices.unprobed}
        </Text>
      )}
    </span>
  );
}

/** All that a phone shows of a device. */
export function Card({ row, strip }: Omit<Props, 'column'>) {
  const { devices } = useTexts();
  const { addresses, owner, type, typeBy, lastSeen } = row;
  const about = [type === null ? '' : typeBy === 'guess' ? `${type} (${devices.guessed})` : type, owner ?? '', addresses[0] ?? ''];
  return (
    <div className={classes.card}>
      <Name row={row} />
      <span className={`${classes.text} quiet`}>{shortened(about.filter((text) => text !== '').join(' · '))}</span>
      <span className={classes.cardStrip}>
        <StripMark strip={strip} />
        <Text size="xs" className="quiet" span>
          <Instant at={lastSeen} />
        </Text>
      </span>
    </div>
  );
}
