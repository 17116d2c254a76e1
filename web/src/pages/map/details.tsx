import { Alert, Stack, Text, Title } from '@mantine/core';
import type { RowJson } from '../../../../src/contract/index.ts';
import { DeviceLink } from '../../parts/device-link.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import classes from './map.module.css';
import type { MapNode } from './model.ts';
import { labelOf } from './names.ts';

/** Longer lists are found on the page of devices. */
const SHOWN = 100;

/** What is chosen on the map, in words; also for who does not see the map. */
export function Details({ node, collapsed }: { readonly node: MapNode | undefined; readonly collapsed: boolean }) {
  const texts = useTexts();
  const { map } = texts;
  return (
    <Stack gap="sm" role="region" aria-label={map.details} aria-live="polite">
      {collapsed && (
        <Text size="sm" className="quiet">
          {map.collapsed}
        </Text>
      )}
      {node === undefined ? (
        <Text size="sm" className="quiet">
          {map.choose}
        </Text>
      ) : (
        <>
          <Title order={2} size="h5" className="foreign">
            {visible(labelOf(node, texts))}
          </Title>
          {node.kind === 'segment' && (
            <>
              {node.segment.blind && <Alert color="red">{map.blind}</Alert>}
              <Text size="sm">{map.hereOf(node.here, node.count)}</Text>
            </>
          )}
          {node.kind === 'group' && <Members rows={node.rows} />}
          {node.kind === 'device' && <Device row={node.row} />}
        </>
      )}
    </Stack>
  );
}

function Members({ rows }: { readonly rows: readonly RowJson[] }) {
  return (
    <ul className={classes.members}>
      {rows.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          <PresenceMark presence={row.presence} /> <DeviceLink device={row} beside={row.addresses[0]} />
        </li>
      ))}
      {rows.length > SHOWN && <li className="quiet">+ {rows.length - SHOWN}</li>}
    </ul>
  );
}

function Device({ row }: { readonly row: RowJson }) {
  const { words } = useTexts();
  return (
    <Stack gap={4}>
      <Text size="sm">
        <DeviceLink device={row} beside={row.addresses[0]} />
      </Text>
      <Text size="sm">
        <PresenceMark presence={row.presence} silent /> {words.presence[row.presence]}, {words.lastSeen} <Instant at={row.lastSeen} />
      </Text>
      <Text size="sm" className="mono foreign">
        {visible(row.addresses.join(', '))}
      </Text>
      {row.vendor !== null && (
        <Text size="sm" className="foreign">
          {visible(row.vendor)}
        </Text>
      )}
      {row.open.length > 0 && (
        <Text size="sm" className="mono foreign">
          {visible(row.open.join(' '))}
        </Text>
      )}
    </Stack>
  );
}
