import { Button, Grid, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { client } from '../../asked/client.ts';
import { useLive } from '../../live/live.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Details } from './details.tsx';
import { Drawing } from './drawing.tsx';
import { type Grouping, mapOf } from './model.ts';
import { segmentsOf } from './segments.ts';

const GROUPINGS = ['group', 'type', 'owner'] as const;

/** Where everything stands: segments, what leads out of them, and the devices by what they belong to. */
export function NetworkMap() {
  const { map, shell } = useTexts();
  const [by, setBy] = useState<Grouping>('group');
  const [chosen, choose] = useState<string | null>(null);
  const devices = useLive((state) => state.devices);
  const targets = useQuery({
    queryKey: ['targets.list'],
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  const model = useMemo(() => {
    const rows = [...devices.values()];
    return mapOf(rows, segmentsOf(targets.data ?? [], rows), by);
  }, [devices, targets.data, by]);
  const node = model.nodes.find(({ id }) => id === chosen);
  return (
    <>
      <PageTitle title={shell.pages.map}>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={map.by}
            data={GROUPINGS.map((value) => ({ value, label: map.groupings[value] }))}
            value={by}
            onChange={setBy}
          />
        </Group>
      </PageTitle>
      {devices.size === 0 ? (
        <Empty text={map.empty}>
          <Button component={Link} href="/settings" size="compact-sm" variant="default">
            {map.watch}
          </Button>
        </Empty>
      ) : (
        <Grid>
          <Grid.Col span={{ base: 12, md: 8, xl: 9 }}>
            <Drawing model={model} chosen={chosen} choose={choose} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4, xl: 3 }}>
            <Details node={node} collapsed={model.collapsed} />
          </Grid.Col>
        </Grid>
      )}
    </>
  );
}
