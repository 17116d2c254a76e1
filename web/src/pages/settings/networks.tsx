import { Badge, Button, Checkbox, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkJson, TargetStatusJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';

const NETWORKS = ['networks.list'];
const TARGETS = ['targets.list'];

/** What is watched, what could be, and the consent in between. */
export function Networks() {
  const { networks } = useTexts().settings;
  const [asked, ask] = useState<string | null>(null);
  const found = useQuery({
    queryKey: NETWORKS,
    queryFn: ({ signal }) => client.networks.list(undefined, { signal }),
    meta: { follows: ['targets'] },
  });
  const targets = useQuery({
    queryKey: TARGETS,
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  return (
    <Stack>
      <Section title={networks.watched}>
        <Answer of={targets}>
          {(list) =>
            list.length === 0 ? (
              <Empty text={networks.nothingWatched} />
            ) : (
              <Stack gap="xs">
                {list.map((one) => (
                  <Watched key={one.target.id} one={one} />
                ))}
              </Stack>
            )
          }
        </Answer>
      </Section>
      <Section title={networks.found}>
        <Answer of={found}>
          {(list) => {
            const open = list.filter(({ watched, loopback }) => !watched && !loopback);
            return open.length === 0 ? (
              <Empty text={networks.noneFound} />
            ) : (
              <Stack gap="xs">
                {open.map((network) => (
                  <Found key={`${network.iface} ${network.block}`} network={network} watch={() => ask(network.block)} />
                ))}
              </Stack>
            );
          }}
        </Answer>
      </Section>
      <Section title={networks.other}>
        <Other watch={ask} />
      </Section>
      {asked !== null && <Consent target={asked} close={() => ask(null)} />}
    </Stack>
  );
}

function Watched({ one: { target, blind } }: { readonly one: TargetStatusJson }) {
  const { settings, alerts, words } = useTexts();
  const queries = useQueryClient();
  const made = (): Promise<void> => queries.invalidateQueries({ queryKey: TARGETS });
  const remove = useMutation({
    mutationFn: () => client.targets.remove({ reference: String(target.id) }),
    onSuccess: async ({ target: text, schedule, window, iface }) => {
      await made();
      takeBack({
        text: settings.networks.removed(text),
        undo: words.undo,
        back: async () => {
          const cadences = schedule.map(({ plan, every, at, zone }) => ({
            plan,
            ...(every !== null && { every }),
            ...(at !== null && { at }),
            ...(zone !== null && { zone }),
          }));
          await client.targets.add({
            target: text,
            schedule: cadences,
            ...(window !== null && { window }),
            ...(iface !== null && { iface }),
          });
          await made();
        },
      });
    },
  });
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Group gap="xs">
          <Text className="mono foreign">{visible(target.target)}</Text>
          {target.source === 'config' && (
            <Badge variant="default" size="sm">
              {alerts.source.config}
            </Badge>
          )}
          {blind && (
            <Badge color="red" variant="filled" size="sm">
              {settings.networks.blind}
            </Badge>
          )}
        </Group>
        <Group gap="xs">
          <Text size="sm" className="quiet">
            {target.schedule.map(({ plan, every, at }) => `${plan} ${every ?? at ?? ''}`).join(' · ')}
          </Text>
          {target.source !== 'config' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
              aria-label={`${settings.networks.stop}: ${visible(target.target)}`}
            >
              {settings.networks.stop}
            </Button>
          )}
        </Group>
      </Group>
      {remove.error && <Failure failure={remove.error} />}
    </Paper>
  );
}

function Found({ network, watch }: { readonly network: NetworkJson; readonly watch: () => void }) {
  const { networks } = useTexts().settings;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Text className="mono foreign">
          {visible(network.block)} <span className="quiet">{visible(network.iface)}</span>
        </Text>
        <Button size="compact-sm" onClick={watch}>
          {networks.watchThis}
        </Button>
      </Group>
    </Paper>
  );
}

function Other({ watch }: { readonly watch: (target: string) => void }) {
  const { networks } = useTexts().settings;
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') watch(text.trim());
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={networks.target}
          description={networks.targetAbout}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {networks.watchThis}
        </Button>
      </Group>
    </form>
  );
}

/** Nothing is looked at before its owner said so. */
function Consent({ target, close }: { readonly target: string; readonly close: () => void }) {
  const { settings, words } = useTexts();
  const { networks } = settings;
  const queries = useQueryClient();
  const [mine, setMine] = useState(false);
  const cost = useQuery({
    queryKey: ['targets.forecast', target],
    queryFn: ({ signal }) => client.targets.forecast({ targets: [target], plans: ['sweep', 'ports'] }, { signal }),
    retry: false,
  });
  const watch = useMutation({
    mutationFn: () => client.targets.add({ target }),
    onSuccess: async () => {
      await Promise.all([NETWORKS, TARGETS].map((queryKey) => queries.invalidateQueries({ queryKey })));
      close();
    },
  });
  return (
    <Modal opened onClose={close} title={networks.consentTo(visible(target))} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text size="sm">{networks.consentAbout}</Text>
        <Answer of={cost} lines={2}>
          {(plans) =>
            plans.map(({ plan, addresses, likely }) => (
              <Text size="sm" key={plan}>
                {networks.cost(plan, addresses, likely)}
              </Text>
            ))
          }
        </Answer>
        <Checkbox label={networks.mine} checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
        {watch.error && <Failure failure={watch.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
          <Button disabled={!mine || cost.isError} loading={watch.isPending} onClick={() => watch.mutate()}>
            {networks.watchThis}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
