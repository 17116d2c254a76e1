import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';
import { CHANNELS } from '../keys.ts';
import { ChannelEditor } from './channel-editor.tsx';
import { ChannelTest } from './channel-test.tsx';

export function Channels() {
  const { channels } = useTexts().alerts;
  const [edited, edit] = useState<ChannelJson | 'new' | null>(null);
  const [tested, test] = useState<string | null>(null);
  const all = useQuery({
    queryKey: CHANNELS,
    queryFn: ({ signal }) => client.channels.list(undefined, { signal }),
    meta: { follows: ['notifications'] },
  });
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" className="quiet">
          {channels.about}
        </Text>
        <Button size="compact-md" onClick={() => edit('new')}>
          {channels.add}
        </Button>
      </Group>
      <Answer of={all}>
        {(list) =>
          list.length === 0 ? (
            <Empty text={channels.none} />
          ) : (
            <Table.ScrollContainer minWidth={640}>
              <Table verticalSpacing="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{channels.name}</Table.Th>
                    <Table.Th>{channels.kind}</Table.Th>
                    <Table.Th>{channels.state}</Table.Th>
                    <Table.Th>{channels.delivered}</Table.Th>
                    <Table.Th>{channels.test}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {list.map((channel) => (
                    <Row key={channel.name} channel={channel} edit={() => edit(channel)} test={() => test(channel.name)} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Answer>
      {edited !== null && <ChannelEditor channel={edited === 'new' ? null : edited} close={() => edit(null)} />}
      {tested !== null && <ChannelTest name={tested} close={() => test(null)} />}
    </Stack>
  );
}

interface RowProps {
  readonly channel: ChannelJson;
  readonly edit: () => void;
  readonly test: () => void;
}

function Row({ channel, edit, test }: RowProps) {
  const { channels, source } = useTexts().alerts;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button variant="subtle" size="compact-sm" px={4} onClick={edit}>
            {visible(channel.name)}
          </Button>
          {channel.source === 'config' && (
            <Badge variant="default" size="sm">
              {source.config}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td className="foreign">
        {channel.kind}
        {channel.what !== null && (
          <Text size="xs" className="quiet">
            {visible(channel.what)}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="foreign">
        {channel.trouble === null ? channels.well : <Text c="var(--trouble)">{visible(channel.trouble)}</Text>}
        {channel.waiting + channel.dead > 0 && (
          <Text size="xs" className="quiet">
            {channels.counts(channel.waiting, channel.dead)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{channel.deliveredAt === null ? channels.never : <Instant at={channel.deliveredAt} />}</Table.Td>
      <Table.Td>
        <Button variant="default" size="compact-sm" onClick={test}>
          {channels.test}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
