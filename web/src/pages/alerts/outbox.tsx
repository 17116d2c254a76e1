import { Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NotificationJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const PAGE = 50;
const STATES = ['all', 'waiting', 'delivered', 'dead'] as const;
type Shown = (typeof STATES)[number];

/** What was sent, what waits, and what was given up. */
export function Outbox() {
  const { outbox } = useTexts().alerts;
  const { words } = useTexts();
  const [shown, show] = useState<Shown>('all');
  const queries = useQueryClient();
  const rows = useInfiniteQuery({
    queryKey: ['notifications.list', shown],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      client.notifications.list(
        { limit: PAGE, ...(shown === 'all' ? {} : { state: shown }), ...(pageParam === 0 ? {} : { before: pageParam }) },
        { signal },
      ),
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    meta: { follows: ['notifications'] },
  });
  const resend = useMutation({
    mutationFn: (ids: number[] | 'dead') => client.notifications.resend(ids === 'dead' ? { dead: true } : { ids }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notifications.list'] }),
  });
  const all = rows.data?.pages.flat() ?? [];
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={outbox.states}
          data={STATES.map((value) => ({ value, label: outbox.state[value] }))}
          value={shown}
          onChange={show}
        />
        <Button variant="default" size="compact-md" loading={resend.isPending} onClick={() => resend.mutate('dead')}>
          {outbox.resendDead}
        </Button>
      </Group>
      {(rows.error ?? resend.error) && <Failure failure={rows.error ?? resend.error} />}
      {all.length === 0 && !rows.isPending ? (
        <Empty text={outbox.none} />
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{outbox.when}</Table.Th>
                <Table.Th>{outbox.channel}</Table.Th>
                <Table.Th>{outbox.what}</Table.Th>
                <Table.Th>{outbox.outcome}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((one) => (
                <Row key={one.id} one={one} again={() => resend.mutate([one.id])} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rows.hasNextPage && (
        <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </Stack>
  );
}

function Row({ one, again }: { readonly one: NotificationJson; readonly again: () => void }) {
  const { outbox } = useTexts().alerts;
  return (
    <Table.Tr>
      <Table.Td>
        <Instant at={one.madeAt} as="moment" />
      </Table.Td>
      <Table.Td className="foreign">{visible(one.channel)}</Table.Td>
      <Table.Td className="foreign">
        <Text size="sm">{visible(one.title)}</Text>
        {one.lines.slice(0, 3).map(({ seq, text }) => (
          <Text key={seq} size="xs" className="quiet">
            {visible(text)}
          </Text>
        ))}
      </Table.Td>
      <Table.Td className="foreign">
        <Text size="sm" {...(one.state === 'dead' && { c: 'var(--trouble)' })}>
          {outbox.state[one.state]}
        </Text>
        {one.because !== null && (
          <Text size="xs" className="quiet">
            {visible(one.because)}
          </Text>
        )}
        {one.state === 'dead' && (
          <Button size="compact-xs" variant="default" onClick={again}>
            {outbox.again}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
