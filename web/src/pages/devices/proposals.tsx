import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowsJoin } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProposalJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { DeviceLink } from '../../parts/device-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useTexts } from '../../texts/language.tsx';
import { shortened } from './called.ts';
import { useMerge } from './merge.tsx';
import { Pane } from './pane.tsx';

const PROPOSALS = ['merges.proposals'];
const SHOWN = 50;

/** Devices that are probably one: a person says whether they are. */
export function Proposals() {
  const { devices } = useTexts();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: PROPOSALS,
    queryFn: ({ signal }) => client.merges.proposals(undefined, { signal }),
    meta: { follows: ['commits'] },
  });
  if (!open && (data === undefined || data.length === 0)) return null;
  return (
    <>
      <Button variant="default" size="compact-md" leftSection={<IconArrowsJoin size={15} />} onClick={() => setOpen(true)}>
        {devices.merge.proposalsOf(data?.length ?? 0)}
      </Button>
      {open && (
        <Pane title={devices.merge.proposals} close={() => setOpen(false)} size="lg">
          <Stack>
            {data?.length === 0 && <Empty text={devices.merge.noProposals} />}
            {data?.slice(0, SHOWN).map((one) => (
              <Proposal key={[one.keep, ...one.absorb].map(({ id }) => id).join()} of={one} />
            ))}
          </Stack>
        </Pane>
      )}
    </>
  );
}

function Proposal({ of: { keep, absorb, confidence, guess, reasons } }: { readonly of: ProposalJson }) {
  const { devices } = useTexts();
  const queries = useQueryClient();
  const merge = useMerge(() => undefined);
  const distinct = useMutation({
    mutationFn: () => client.merges.distinct({ devices: [keep, ...absorb].map(({ id }) => String(id)) }),
    onSuccess: () => {
      notifications.show({ withCloseButton: false, message: devices.merge.distinctDone });
      return queries.invalidateQueries({ queryKey: PROPOSALS });
    },
  });
  return (
    <Paper withBorder p="sm" data-proposal={keep.id}>
      <Stack gap="xs">
        {[keep, ...absorb].map((member) => (
          <Text key={member.id} size="sm">
            <DeviceLink device={member} beside={member.addresses[0]} />{' '}
            <span className="quiet foreign">{shortened([...member.addresses, ...member.macs].join(', '))}</span>
          </Text>
        ))}
        <Text size="sm" className="quiet">
          {devices.merge.sure(confidence)}
          {guess && ` · ${devices.merge.guess}`}
        </Text>
        <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>
          {reasons.map((reason) => (
            <li key={reason}>
              <Text size="sm" className="foreign">
                {shortened(reason)}
              </Text>
            </li>
          ))}
        </ul>
        <Group>
          <Button size="compact-sm" loading={merge.isPending} onClick={() => merge.mutate({ keep, absorb })}>
            {devices.merge.do}
          </Button>
          <Button size="compact-sm" variant="default" loading={distinct.isPending} onClick={() => distinct.mutate()}>
            {devices.merge.distinct}
          </Button>
        </Group>
        {(merge.error ?? distinct.error) && <Failure failure={merge.error ?? distinct.error} />}
      </Stack>
    </Paper>
  );
}
