import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RosterImportJson } from '../../../../src/contract/index.ts';
import { useTexts } from '../../texts/language.tsx';
import { shortened } from './called.ts';

const SHOWN = 100;

interface Props {
  readonly told: RosterImportJson;
  /** What does it. */
  readonly children: ReactNode;
}

/** What a table would change, and which of its rows cannot be. */
export function Imported({ told: { devices: some, rows, same, refused, shown }, children }: Props) {
  const { devices, words } = useTexts();
  const { exchange, bulk } = devices;
  return (
    <Paper withBorder p="sm" data-imported={some} data-refused={refused}>
      <Group justify="space-between" mb="xs">
        <Text fw={600} role="status">
          {some === 0 ? bulk.nothing : exchange.would(some, rows)}
          {same > 0 && ` · ${exchange.same(same)}`}
        </Text>
        {children}
      </Group>
      {refused > 0 && (
        <Text size="sm" fw={600} role="alert">
          {exchange.refused(refused)}
        </Text>
      )}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {shown.slice(0, SHOWN).map((row) => (
          <li key={row.line}>
            <Text size="sm" className="foreign">
              <span className="quiet">{exchange.line(row.line)}</span>{' '}
              {row.device && shortened(row.device.name ?? `${words.nameless} #${row.device.id}`)}{' '}
              {row.fault === null
                ? row.changes
                    .map(({ label, before, after }) => `${label} ${said(before, words.none)} → ${said(after, words.none)}`)
                    .join('; ')
                : shortened(`${row.fault.column === null ? '' : `${row.fault.column}: `}${row.fault.reason}; ${row.fault.remedy}`)}
            </Text>
          </li>
        ))}
      </ul>
      {shown.length > SHOWN && (
        <Text size="sm" className="quiet">
          {bulk.andMore(shown.length - SHOWN)}
        </Text>
      )}
    </Paper>
  );
}

const said = (value: unknown, none: string): string => {
  if (value === null || value === undefined || value === '') return none;
  return shortened(
    typeof value === 'string' ? value : Array.isArray(value) ? (value.length === 0 ? none : value.join(', ')) : JSON.stringify(value),
  );
};
