import { Autocomplete, Button, Group, Paper, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MuteJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const MUTES = ['mutes.list'];

/** What is kept silent for a while, and maintenance. */
export function Mutes() {
  const { mutes } = useTexts().alerts;
  const all = useQuery({ queryKey: MUTES, queryFn: ({ signal }) => client.mutes.list({}, { signal }) });
  return (
    <Stack>
      <Section title={mutes.add}>
        <NewMute />
      </Section>
      <Section title={mutes.title}>
        <Answer of={all}>
          {(list) =>
            list.length === 0 ? (
              <Empty text={mutes.none} />
            ) : (
              <Stack gap="xs">
                {list.map((mute) => (
                  <Mute key={mute.id} mute={mute} />
                ))}
              </Stack>
            )
          }
        </Answer>
      </Section>
    </Stack>
  );
}

const NONE = { kind: 'mute' as MuteJson['kind'], kinds: [] as string[], where: '', until: '2h', why: '' };

function NewMute() {
  const { alerts, kinds } = useTexts();
  const { mutes } = alerts;
  const queries = useQueryClient();
  const [form, setForm] = useState(NONE);
  const add = useMutation({
    mutationFn: () => {
      const filled = (key: 'where' | 'until' | 'why') => (form[key].trim() === '' ? {} : { [key]: form[key].trim() });
      const some = form.kinds.length === 0 ? {} : { kinds: form.kinds };
      return client.mutes.add({ kind: form.kind, ...some, ...filled('where'), ...filled('until'), ...filled('why') });
    },
    onSuccess: async () => {
      setForm(NONE);
      await queries.invalidateQueries({ queryKey: MUTES });
    },
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={mutes.kind}
          data={(['mute', 'maintenance'] as const).map((value) => ({ value, label: mutes.kinds[value] }))}
          value={form.kind}
          allowDeselect={false}
          onChange={(kind) => setForm({ ...form, kind: kind as MuteJson['kind'] })}
        />
        <Autocomplete
          label={mutes.until}
          data={['1h', '2h', '8h', '1d', '7d']}
          value={form.until}
          onChange={(until) => setForm({ ...form, until })}
        />
        <TagsInput
          label={alerts.rules.on}
          data={Object.keys(kinds)}
          value={form.kinds}
          onChange={(some) => setForm({ ...form, kinds: some })}
        />
        <TextInput
          label={alerts.rules.where}
          value={form.where}
          onChange={(event) => setForm({ ...form, where: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TextInput label={mutes.why} value={form.why} onChange={(event) => setForm({ ...form, why: event.currentTarget.value })} />
      {add.error && <Failure failure={add.error} />}
      <Group>
        <Button loading={add.isPending} onClick={() => add.mutate()}>
          {mutes.add}
        </Button>
      </Group>
    </Stack>
  );
}

function Mute({ mute }: { readonly mute: MuteJson }) {
  const { mutes, rules } = useTexts().alerts;
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => client.mutes.end({ id: mute.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: MUTES }),
  });
  const about = [mute.rule, mute.kinds.join(', '), mute.where].filter(Boolean).join(' · ');
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }} className="foreign">
          <Text size="sm">
            {mutes.kinds[mute.kind]}: {about === '' ? rules.everything : visible(about)}
          </Text>
          <Text size="xs" className="quiet">
            <Instant at={mute.from} as="moment" /> – {mute.until === null ? mutes.open : <Instant at={mute.until} as="moment" />}
            {mute.why !== null && ` · ${visible(mute.why)}`}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {mutes.end}
        </Button>
      </Group>
      {end.error && <Failure failure={end.error} />}
    </Paper>
  );
}
