import { Anchor, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import type { ScanJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Section } from '../../../parts/section.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { lengthOf } from '../../../times/ago.ts';
import { useNow } from '../../../times/clock.tsx';
import { Instant } from '../../../times/instant.tsx';
import { Outcome } from '../outcome.tsx';
import classes from '../scans.module.css';
import { lengthOfScan, pathOf } from '../words.ts';

const SIZE = 50;

/** Scans that ended, newest first. */
export function History() {
  const { scans, words } = useTexts();
  const [search] = useSearchParams();
  const target = Number(search.get('target')) || undefined;
  const told = useInfiniteQuery({
    queryKey: ['scans.list', target],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.scans.list(
        { limit: SIZE, ...(target !== undefined && { target }), ...(pageParam !== undefined && { before: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => (page.length < SIZE ? undefined : page.at(-1)?.id),
    meta: { follows: ['scans'] },
  });
  return (
    <Section title={scans.views.history} aside={<TargetChoice chosen={target} />}>
      <Answer of={told} lines={8}>
        {({ pages }) => {
          const list = pages.flat();
          return list.length === 0 ? (
            <Empty text={scans.none} />
          ) : (
            <Stack align="flex-start">
              <ul className={classes.list} style={{ width: '100%' }} data-scans={list.length}>
                {list.map((scan) => (
                  <li key={scan.id} data-scan={scan.id}>
                    <Row scan={scan} />
                  </li>
                ))}
              </ul>
              {told.hasNextPage && (
                <Button variant="default" size="compact-md" loading={told.isFetchingNextPage} onClick={() => void told.fetchNextPage()}>
                  {scans.older}
                </Button>
              )}
              {!told.hasNextPage && <Text className="quiet">{words.all}</Text>}
            </Stack>
          );
        }}
      </Answer>
    </Section>
  );
}

function Row({ scan }: { readonly scan: ScanJson }) {
  const { scans, words } = useTexts();
  const now = useNow();
  return (
    <Group justify="space-between" gap="xs">
      <div style={{ minWidth: 0, flex: '1 1 18rem' }}>
        <Anchor component={Link} href={pathOf(scan.id)} size="sm" className="foreign">
          #{scan.id} {scan.plan} {visible(scan.subject)}
        </Anchor>
        <div>
          <Outcome scan={scan} />
        </div>
      </div>
      <Text size="xs" className="quiet number">
        <Instant at={scan.startedAt} as="moment" /> · {lengthOf(lengthOfScan(scan, now), words.unit)} · {scans.upOf(scan.up, scan.asked)} ·{' '}
        {words.changes(scan.changes)}
      </Text>
    </Group>
  );
}

function TargetChoice({ chosen }: { readonly chosen: number | undefined }) {
  const { scans } = useTexts();
  const [, setSearch] = useSearchParams();
  const targets = useQuery({
    queryKey: ['targets.list'],
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  return (
    <NativeSelect
      aria-label={scans.ofTarget}
      value={String(chosen ?? '')}
      onChange={(event) => setSearch(event.currentTarget.value === '' ? {} : { target: event.currentTarget.value })}
      data={[
        { value: '', label: scans.everyTarget },
        ...(targets.data ?? []).map(({ target }) => ({ value: String(target.id), label: visible(target.target) })),
      ]}
    />
  );
}
