import { Button, Kbd } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { RowJson } from '../../../src/contract/index.ts';
import { useLive } from '../live/live.tsx';
import { visible } from '../parts/visible.ts';
import { useTexts } from '../texts/language.tsx';
import { PAGES } from './pages.tsx';

const MOST_FOUND = 12;

export function PaletteButton() {
  const { shell } = useTexts();
  return (
    <Button
      variant="default"
      size="compact-md"
      leftSection={<IconSearch size={15} />}
      onClick={spotlight.open}
      aria-label={`${shell.search} Ctrl K`}
    >
      <Kbd size="xs">Ctrl K</Kbd>
    </Button>
  );
}

/** Every page and device, from the keyboard. */
export function Palette() {
  const { shell, words } = useTexts();
  const [, go] = useLocation();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim().toLowerCase());
  const devices = useLive((state) => state.devices);
  const found = useMemo(() => (asked === '' ? [] : find(devices.values(), asked)), [devices, asked]);
  const pages = PAGES.filter(({ name }) => shell.pages[name].toLowerCase().includes(asked));
  const groups: SpotlightActionGroupData[] = [
    {
      group: shell.goTo,
      actions: pages.map(({ name, path, icon: Icon }) => ({
        id: name,
        label: shell.pages[name],
        leftSection: <Icon size={18} />,
        onClick: () => go(path),
      })),
    },
    {
      group: shell.pages.devices,
      actions: found.map(({ id, name, addresses }) => ({
        id: `device-${id}`,
        label: visible(name ?? `${words.nameless} #${id}`),
        description: addresses.slice(0, 3).join(', '),
        onClick: () => go(`/devices/${id}`),
      })),
    },
  ];
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', '/']}
      nothingFound={shell.nothingFound}
      searchProps={{ placeholder: shell.search, 'aria-label': shell.search, leftSection: <IconSearch size={18} /> }}
      scrollable
    />
  );
}

function find(devices: Iterable<RowJson>, asked: string): RowJson[] {
  const found: RowJson[] = [];
  for (const device of devices) {
    if (textsOf(device).some((text) => text.toLowerCase().includes(asked))) found.push(device);
    if (found.length === MOST_FOUND) break;
  }
  return found;
}

const textsOf = ({ name, addresses, macs, owner }: RowJson): string[] => [
  ...(name === null ? [] : [name]),
  ...addresses,
  ...macs,
  ...(owner === null ? [] : [owner]),
];
