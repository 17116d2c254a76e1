import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { RowJson } from '../../../../src/contract/index.ts';
import { useLive } from '../../live/live.tsx';
import { DeviceLink } from '../../parts/device-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import classes from './now.module.css';

/** A page that lists more is no overview. */
const SHOWN = 60;

/** Devices that are here: those of people first, then by name. */
export function WhoIsHere() {
  const { now, words } = useTexts();
  const devices = useLive((state) => state.devices);
  const here = useMemo(() => presentOf(devices.values()), [devices]);
  return (
    <Section
      title={now.whoIsHere}
      aside={
        <Text size="sm" className="quiet number">
          {words.devices(here.length)}
        </Text>
      }
    >
      {here.length === 0 ? (
        <Empty text={devices.size === 0 ? now.noDevices : now.nobody}>
          {devices.size === 0 && (
            <Button component={Link} href="/settings" size="compact-sm" variant="default">
              {now.watch}
            </Button>
          )}
        </Empty>
      ) : (
        <ul className={classes.people}>
          {here.slice(0, SHOWN).map((device) => (
            <li key={device.id}>
              <Group gap={6} wrap="nowrap">
                <PresenceMark presence={device.presence} />
                <Text size="sm" truncate>
                  <DeviceLink device={device} beside={device.addresses[0]} />
                  {device.owner !== null && (
                    <Text span size="xs" className="quiet foreign">
                      {' '}
                      {visible(device.owner)}
                    </Text>
                  )}
                </Text>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {here.length > SHOWN && (
        <Button component={Link} href="/devices?filter=is%3Apresent" size="compact-sm" variant="default" mt="sm">
          {words.devices(here.length)}
        </Button>
      )}
    </Section>
  );
}

function presentOf(devices: Iterable<RowJson>): RowJson[] {
  const here = [...devices].filter(({ presence }) => presence === 'present');
  const collator = new Intl.Collator(undefined, { numeric: true });
  const rank = (device: RowJson): number => (device.owner === null ? 1 : 0);
  const called = ({ name, addresses, id }: RowJson): string => name ?? addresses[0] ?? String(id);
  return here.sort((a, b) => rank(a) - rank(b) || collator.compare(called(a), called(b)));
}
