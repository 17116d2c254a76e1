import { Badge, Group, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { DeviceDifferences } from '../../../../../src/core/index.ts';
import { DeviceLink } from '../../../parts/device-link.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import classes from '../changes.module.css';
import { type Pair, pairsOf } from './pairs.ts';

/** Signs of one side that are shown: a script may print thousands. */
const LONGEST = 2000;

/** Devices that differ, each side beside the other; drawn as far as they are seen. */
export function Differing({ devices }: { readonly devices: readonly DeviceDifferences[] }) {
  const { changes } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: devices.length, getScrollElement: () => box.current, estimateSize: () => 96, overscan: 6 });
  if (devices.length === 0) return null;
  return (
    <div ref={box} className={classes.box} tabIndex={0} role="region" aria-label={changes.differing}>
      <ul className={classes.list} style={{ height: list.getTotalSize() }} data-differing={devices.length}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const one = devices[index];
          return (
            one && (
              <li
                key={key}
                data-index={index}
                ref={list.measureElement}
                className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Device one={one} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Device({ one: { device, differences, unknown } }: { readonly one: DeviceDifferences }) {
  const { changes } = useTexts();
  const called = device.name ?? device.addresses[0] ?? device.macs[0];
  return (
    <>
      <Text size="sm" fw={600} className="foreign">
        {device.id === null ? visible(called ?? '?') : <DeviceLink device={{ id: device.id, name: device.name }} beside={called} />}{' '}
        <Text span size="xs" className="quiet mono foreign">
          {visible([...device.addresses.slice(0, 4), ...device.macs.slice(0, 4)].join(' '))}
        </Text>
      </Text>
      {differences.flatMap(pairsOf).map((pair, i) => (
        <Line key={i} pair={pair} />
      ))}
      {unknown.map(({ side, text }, i) => (
        <Group key={i} gap="xs" data-unknown={side}>
          <Badge size="xs" variant="default">
            {changes.unknown}
          </Badge>
          <Text size="sm" className="foreign">
            {changes[side === 'a' ? 'left' : 'right']}: {visible(text)}
          </Text>
        </Group>
      ))}
    </>
  );
}

function Line({ pair: { kind, subject, left, right } }: { readonly pair: Pair }) {
  const { changes, kinds } = useTexts();
  const label = kind === 'os.changed' || kind === 'script.changed' ? changes.differs[kind] : kinds[kind];
  return (
    <div data-kind={kind}>
      <Text size="xs" className="quiet foreign">
        {label} {visible(subject)}
      </Text>
      <div className={classes.sides}>
        <Text size="sm" className={`${classes.side} foreign`}>
          {shown(left) ?? <NotThere />}
        </Text>
        <Text size="sm" className={`${classes.side} foreign`}>
          {shown(right) ?? <NotThere />}
        </Text>
      </div>
    </div>
  );
}

/** Line ends stay: what scripts print has lines. */
const shown = (text: string | null): string | null => (text === null ? null : text.slice(0, LONGEST).split('\n').map(visible).join('\n'));

function NotThere() {
  const { changes } = useTexts();
  return <span className="quiet">{changes.notThere}</span>;
}
