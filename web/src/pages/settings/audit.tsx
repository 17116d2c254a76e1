import { Button, Stack, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const PAGE = 25;

/** Who did what, and who was refused what. */
export function Audit() {
  const { settings, words } = useTexts();
  const { access } = settings;
  const entries = useInfiniteQuery({
    queryKey: ['audit.list'],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) => client.audit.list({ limit: PAGE, ...(pageParam > 0 && { before: pageParam }) }, { signal }),
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    staleTime: 0,
  });
  const all = entries.data?.pages.flat() ?? [];
  return (
    <Section title={access.audit}>
      <Stack>
        {entries.error && <Failure failure={entries.error} />}
        {all.length === 0 ? (
          <Empty text={access.noAudit} />
        ) : (
          <Table.ScrollContainer minWidth={560}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{access.when}</Table.Th>
                  <Table.Th>{access.who}</Table.Th>
                  <Table.Th>{access.did}</Table.Th>
                  <Table.Th>{access.outcome}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map(({ id, at, who, from, operation, named, outcome }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Instant at={at} as="moment" />
                    </Table.Td>
                    <Table.Td className="foreign">
                      {who === null ? access.nobody : visible(who)} {from !== null && <span className="quiet">{visible(from)}</span>}
                    </Table.Td>
                    <Table.Td className="foreign">
                      {operation} <span className="quiet">{visible(named)}</span>
                    </Table.Td>
                    <Table.Td>{access.outcomes[outcome]}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {entries.hasNextPage && (
          <Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {words.more}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
