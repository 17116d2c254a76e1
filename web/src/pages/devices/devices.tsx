import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { RowSelectionState } from '@tanstack/react-table';
import { useCallback, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useLive } from '../../live/live.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { Exchange } from './exchange.tsx';
import { FilterBox } from './filter-box.tsx';
import { type Look, lookFrom, paramsOf } from './look.ts';
import { Proposals } from './proposals.tsx';
import { sortRows } from './sort.ts';
import { DevicesTable } from './table.tsx';
import { useArrangement } from './use-arrangement.ts';
import { useDeviceTable } from './use-device-table.ts';
import { useFitting } from './use-fitting.ts';
import type { Span } from './use-strips.ts';
import { useArranged } from './use-views.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Every device: found, sorted, arranged, and changed many at once. */
export function Devices() {
  const { devices: texts } = useTexts();
  const [params, setParams] = useSearchParams();
  const look = useMemo(() => lookFrom(params), [params]);
  const setLook = useCallback(
    (next: Partial<Look>) => setParams((before) => paramsOf({ ...lookFrom(before), ...next }, before), { replace: true }),
    [setParams],
  );
  const [arrangement, arrange] = useArrangement();
  const [bare] = useState(params.size === 0);
  const { now, pick } = useArranged({ look, setLook, arrangement, arrange, bare });
  const [selection, select] = useState<RowSelectionState>({});
  const [span, setSpan] = useState<Span>('24h');
  const devices = useLive((state) => state.devices);
  const { ids, failure } = useFitting(look.filter);
  const { sort } = look;
  const sorted = useMemo(() => sortRows([...devices.values()], sort), [devices, sort.by, sort.descending]);
  const rows = useMemo(() => (ids === null ? sorted : sorted.filter(({ id }) => ids.has(id))), [sorted, ids]);
  const selected = useMemo(() => sorted.filter(({ id }) => selection[id] === true), [sorted, selection]);
  const table = useDeviceTable({ rows, arrangement, arrange, selection, select });
  return (
    <>
      <PageTitle title={texts.title}>
        <Text size="sm" className="quiet number" role="status" data-found={rows.length}>
          {texts.found(rows.length, devices.size)}
        </Text>
      </PageTitle>
      <Stack gap="sm">
        <FilterBox filter={look.filter} onFilter={(filter) => setLook({ filter })} failure={failure} />
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={texts.span.label}
            value={span}
            onChange={(value) => setSpan(value)}
            data={[
              { value: '24h', label: texts.span.day },
              { value: '7d', label: texts.span.week },
            ]}
          />
          <ViewsMenu now={now} pick={pick} />
          <Group visibleFrom="sm" gap="xs">
            <ColumnMenu arrangement={arrangement} arrange={arrange} />
          </Group>
          <Exchange filter={look.filter} />
          <Proposals />
        </Group>
        <BulkBar selected={selected} unselect={() => select({})} />
        {rows.length === 0 ? (
          <Nobody known={devices.size} clear={() => setLook({ filter: '' })} />
        ) : (
          <DevicesTable table={table} sort={sort} onSort={(next) => setLook({ sort: next })} span={span} />
        )}
      </Stack>
    </>
  );
}

function Nobody({ known, clear }: { readonly known: number; readonly clear: () => void }) {
  const { devices } = useTexts();
  return known === 0 ? (
    <Empty text={devices.none.yet}>
      <Button component={Link} href="/settings" size="compact-sm" variant="default">
        {devices.none.watch}
      </Button>
    </Empty>
  ) : (
    <Empty text={devices.none.fits}>
      <Button size="compact-sm" variant="default" onClick={clear}>
        {devices.clear}
      </Button>
    </Empty>
  );
}
