import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/language.tsx';
import type { Edited } from './bulk-deeds.ts';
import { calledOfDevice, shortened } from './called.ts';

const SHOWN = 50;

interface Props {
  readonly edited: readonly Edited[];
  readonly of: number;
  /** What does it. */
  readonly children: ReactNode;
}

/** What would change, device by device, before anything does. */
export function Foreseen({ edited, of, children }: Props) {
  const { devices, words } = useTexts();
  if (edited.length === 0) return <Text role="status">{devices.bulk.nothing}</Text>;
  return (
    <Paper withBorder p="sm" data-foreseen={edited.length}>
      <Group justify="space-between" mb="xs">
        <Text fw={600} role="status">
          {devices.bulk.wouldChange(edited.length, of)}
        </Text>
        {children}
      </Group>
      <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {edited.slice(0, SHOWN).map(({ before, fields }) => (
          <li key={before.id}>
            <Text size="sm" className="foreign">
              {calledOfDevice(before, words.nameless)}:{' '}
              {fields
                .map(({ field, before: was, after: is }) => `${words[field]} ${shown(was, words.none)} → ${shown(is, words.none)}`)
                .join('; ')}
            </Text>
          </li>
        ))}
      </Stack>
      {edited.length > SHOWN && (
        <Text size="sm" className="quiet">
          {devices.bulk.andMore(edited.length - SHOWN)}
        </Text>
      )}
    </Paper>
  );
}

const shown = (text: string, none: string): string => (text === '' ? none : shortened(text));
