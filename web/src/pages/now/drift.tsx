import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DriftItemJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { DeviceLink } from '../../parts/device-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import classes from './now.module.css';

const SHOWN = 12;

/** What is otherwise than it was approved. */
export function Drift() {
  const { now } = useTexts();
  const begun = useQuery({ queryKey: ['approvals.begun'], queryFn: ({ signal }) => isBegun(signal), meta: { follows: ['commits'] } });
  return (
    <Section title={now.drift}>
      <Answer of={begun}>{(is) => (is ? <Judged /> : <NothingApproved />)}</Answer>
    </Section>
  );
}

/** Whether anybody approved anything yet. */
async function isBegun(signal: AbortSignal): Promise<boolean> {
  const baselines = await client.baselines.list({ limit: 1 }, { signal });
  return baselines.length > 0 || (await client.approvals.list({}, { signal })).length > 0;
}

function NothingApproved() {
  const { now } = useTexts();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => client.baselines.make({}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['approvals.begun'] }),
  });
  return (
    <Empty text={now.nothingApproved}>
      <Button size="compact-sm" variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {now.approveAll}
      </Button>
      {make.error && <Failure failure={make.error} />}
    </Empty>
  );
}

function Judged() {
  const { now } = useTexts();
  const drift = useQuery({
    queryKey: ['approvals.drift'],
    queryFn: ({ signal }) => client.approvals.drift({}, { signal }),
    meta: { follows: ['commits'] },
  });
  return (
    <Answer of={drift}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={now.noDrift} />
        ) : (
          <Stack gap="xs">
            <Text size="sm">{now.driftOf(new Set(items.map(({ device }) => device.id ?? device.addresses[0])).size)}</Text>
            <ul className={classes.lines}>
              {items.slice(0, SHOWN).map((item, i) => (
                <li key={i}>
                  <Item item={item} />
                </li>
              ))}
            </ul>
          </Stack>
        )
      }
    </Answer>
  );
}

function Item({ item: { device, reason } }: { readonly item: DriftItemJson }) {
  const called = device.name ?? device.addresses[0] ?? device.macs[0] ?? '';
  return (
    <Text size="sm" className="foreign">
      {device.id === null ? visible(called) : <DeviceLink device={{ id: device.id, name: device.name }} beside={called} />}{' '}
      <Text span size="sm" className="quiet">
        {visible(reason)}
      </Text>
    </Text>
  );
}
