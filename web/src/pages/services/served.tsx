import { Anchor, Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import type { PortGroupJson } from '../../../../src/contract/index.ts';
import { useLive } from '../../live/live.tsx';
import { DeviceLink } from '../../parts/device-link.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { useTexts } from '../../texts/language.tsx';
import classes from './services.module.css';

interface Props {
  readonly group: Pick<PortGroupJson, 'count' | 'devices' | 'places' | 'filter'>;
  /** Of what the devices are listed, for who does not see it. */
  readonly called: string;
  readonly children: ReactNode;
}

/** One thing that is served, and who serves it. */
export function Served({ group, called, children }: Props) {
  const { services, words } = useTexts();
  const [open, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <li className={classes.served}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" component="div" className="foreign" style={{ minWidth: 0 }}>
          {children}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={toggle}
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${services.who}: ${called}, ${words.devices(group.devices)}`}
          style={{ flex: 'none' }}
        >
          {words.devices(group.devices)}
        </Button>
      </Group>
      <div id={id}>
        <Collapse expanded={open}>{open && <Places group={group} />}</Collapse>
      </div>
    </li>
  );
}

function Places({ group: { places, count, filter } }: Pick<Props, 'group'>) {
  const { services } = useTexts();
  const devices = useLive((state) => state.devices);
  return (
    <>
      <ul className={classes.places}>
        {places.map(({ device, protocol, port }) => {
          const row = devices.get(device);
          return (
            <li key={`${device} ${protocol} ${port}`}>
              {row && <PresenceMark presence={row.presence} />}{' '}
              <DeviceLink device={{ id: device, name: row?.name ?? null }} beside={row?.addresses[0]} />{' '}
              <span className="quiet mono">
                {port}/{protocol}
              </span>
            </li>
          );
        })}
      </ul>
      {count > places.length && <Text size="xs">{services.shown(places.length, count)}</Text>}
      <Anchor component={Link} size="sm" href={`/devices?filter=${encodeURIComponent(filter)}`}>
        {services.asDevices}
      </Anchor>
    </>
  );
}
