import { Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RowJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { ChangeLine } from '../../../parts/change-line.tsx';
import { DeviceLink } from '../../../parts/device-link.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { PresenceMark } from '../../../parts/presence-mark.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import classes from '../changes.module.css';
import { iso } from './use-remembered.ts';

const [ROW, CHANGES_TOLD, PORTS_TOLD] = [34, 8, 12];

/** Who was there at a moment (epoch ms; null: now), and what had just changed. */
export function PastRoll({ at }: { readonly at: number | null }) {
  const { changes, words } = useTexts();
  const moment = at === null ? {} : { at: iso(at) };
  const roll = useQuery({
    queryKey: ['devices.rows', 'then', at],
    queryFn: ({ signal }) => client.devices.rows(moment, { signal }),
    placeholderData: (before) => before,
    // Ten thousand devices of each moment one passed by need not be kept.
    gcTime: 10_000,
    meta: at === null ? { follows: ['commits'] } : {},
  });
  return (
    <Answer of={roll} lines={8}>
      {({ counts, rows }) => (
        <div aria-busy={roll.isPlaceholderData} data-at={roll.isPlaceholderData ? 'asking' : (moment.at ?? 'now')}>
          <Group gap="md" mb="sm" role="status">
            {(['present', 'away', 'unknown'] as const).map((presence) => (
              <Group gap={6} key={presence}>
                <PresenceMark presence={presence} silent />
                <Text size="sm">
                  <b data-then={presence}>{counts[presence]}</b> {words.presence[presence]}
                </Text>
              </Group>
            ))}
          </Group>
          {rows.length === 0 ? <Empty text={changes.nobodyYet} /> : <Rows rows={rows} />}
          <Before at={at} />
        </div>
      )}
    </Answer>
  );
}

function Rows({ rows }: { readonly rows: readonly RowJson[] }) {
  const { changes } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 10 });
  return (
    <div ref={box} className={classes.box} tabIndex={0} role="region" aria-label={changes.pastRoll}>
      <ul className={classes.list} style={{ height: list.getTotalSize() }} data-roll={rows.length}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <li key={row.id} className={classes.row} style={{ transform: `translateY(${start}px)`, height: ROW }}>
                <Row row={row} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row: { id, name, presence, addresses, open } }: { readonly row: RowJson }) {
  const ports = open.length > PORTS_TOLD ? [...open.slice(0, PORTS_TOLD), '…'] : open;
  return (
    <Group gap="xs" wrap="nowrap">
      <PresenceMark presence={presence} />
      <Text size="sm" truncate>
        <DeviceLink device={{ id, name }} beside={addresses[0]} />{' '}
        <Text span size="xs" className="quiet mono foreign">
          {visible(addresses.join(' '))} {ports.join(' ')}
        </Text>
      </Text>
    </Group>
  );
}

function Before({ at }: { readonly at: number | null }) {
  const { changes } = useTexts();
  const told = useQuery({
    queryKey: ['changes.list', 'before', at],
    queryFn: ({ signal }) => client.changes.list({ limit: CHANGES_TOLD, ...(at !== null && { until: iso(at) }) }, { signal }),
    placeholderData: (before) => before,
    meta: at === null ? { follows: ['commits'] } : {},
  });
  return (
    <>
      <Title order={3} size="h6" mt="md" mb="xs">
        {changes.justBefore}
      </Title>
      <Answer of={told}>
        {(list) => list.toReversed().map((change) => <ChangeLine key={change.seq} change={change} when="moment" />)}
      </Answer>
    </>
  );
}
