import {
  Alert,
  Autocomplete,
  Button,
  Checkbox,
  Drawer,
  Fieldset,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelJson, ChannelKindJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer, Failure } from '../../../parts/answer.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { CHANNELS } from '../keys.ts';
import { type ChannelForm, formOfChannel, missingOptions, newChannel, optionsOfForm } from './channel-form.ts';

interface Props {
  /** null: a new one. */
  readonly channel: ChannelJson | null;
  readonly close: () => void;
}

/** Sets up a way to somebody. */
export function ChannelEditor({ channel, close }: Props) {
  const { alerts, words } = useTexts();
  const kinds = useQuery({
    queryKey: ['channels.kinds'],
    queryFn: ({ signal }) => client.channels.kinds(undefined, { signal }),
    staleTime: Infinity,
  });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={channel === null ? alerts.channels.add : visible(channel.name)}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Answer of={kinds}>{(known) => <Editor channel={channel} close={close} kinds={known} />}</Answer>
    </Drawer>
  );
}

function Editor({ channel, close, kinds }: Props & { readonly kinds: readonly ChannelKindJson[] }) {
  const { alerts, words } = useTexts();
  const { channels } = alerts;
  const [form, setForm] = useState<ChannelForm>(channel === null ? newChannel('ntfy') : formOfChannel(channel));
  const change = (part: Partial<ChannelForm>): void => setForm({ ...form, ...part });
  const { save, drop } = useDeeds(channel, close);
  const kind = kinds.find((one) => one.kind === form.kind);
  const fixed = channel?.source === 'config';
  const named = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(form.name);
  const sound = named && kind !== undefined && missingOptions(form, kind).length === 0;
  return (
    <Stack>
      {fixed && <Alert color="gray">{channels.ofConfig}</Alert>}
      <Fieldset variant="unstyled" disabled={fixed}>
        <Stack gap="sm">
          <TextInput
            label={channels.name}
            description={alerts.rules.nameAbout}
            value={form.name}
            disabled={channel !== null}
            error={form.name !== '' && !named && alerts.rules.nameAbout}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label={channels.kind}
            data={kinds.map((one) => ({ value: one.kind, label: `${one.kind}: ${one.what}` }))}
            value={form.kind}
            searchable
            allowDeselect={false}
            disabled={channel !== null}
            onChange={(chosen) => chosen && change({ kind: chosen, options: {} })}
          />
          {kind && <Options form={form} kind={kind} change={change} />}
          <Terms form={form} change={change} />
        </Stack>
      </Fieldset>
      {(save.error ?? drop.error) && <Failure failure={save.error ?? drop.error} />}
      <Group justify="space-between">
        {channel?.source === 'user' && (
          <Button variant="default" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
            {words.remove}
          </Button>
        )}
        {!fixed && (
          <Button ml="auto" disabled={!sound} loading={save.isPending} onClick={() => save.mutate(form)}>
            {words.save}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface Part {
  readonly form: ChannelForm;
  readonly change: (part: Partial<ChannelForm>) => void;
}

function Options({ form, kind, change }: Part & { readonly kind: ChannelKindJson }) {
  return kind.options.map(({ key, what, needed }) => {
    const Input = kind.secrets.includes(key) ? PasswordInput : TextInput;
    return (
      <Input
        key={key}
        label={key}
        description={what}
        required={needed}
        autoComplete="off"
        value={form.options[key] ?? ''}
        onChange={(event) => change({ options: { ...form.options, [key]: event.currentTarget.value } })}
      />
    );
  });
}

function Terms({ form, change }: Part) {
  const { channels } = useTexts().alerts;
  const others = useQuery({ queryKey: CHANNELS, queryFn: ({ signal }) => client.channels.list(undefined, { signal }) });
  const names = (others.data ?? []).map(({ name }) => name).filter((name) => name !== form.name);
  return (
    <>
      <Checkbox label={channels.usual} checked={form.usual} onChange={(event) => change({ usual: event.currentTarget.checked })} />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput
          label={channels.ceiling}
          inputMode="numeric"
          value={form.ceiling}
          onChange={(event) => change({ ceiling: event.currentTarget.value })}
        />
        <Autocomplete label={channels.ttl} data={['1h', '1d', '3d', '7d']} value={form.ttl} onChange={(ttl) => change({ ttl })} />
        <Select
          label={channels.fallback}
          data={names}
          value={form.fallback || null}
          clearable
          onChange={(name) => change({ fallback: name ?? '' })}
        />
      </SimpleGrid>
    </>
  );
}

function useDeeds(channel: ChannelJson | null, close: () => void) {
  const queries = useQueryClient();
  const done = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: CHANNELS });
    close();
  };
  const save = useMutation({
    mutationFn: (form: ChannelForm) => {
      const terms = {
        usual: form.usual,
        ceiling: Number(form.ceiling),
        ttl: form.ttl.trim(),
        fallback: form.fallback === '' ? null : form.fallback,
      };
      const options = optionsOfForm(form, channel?.options);
      if (channel === null) return client.channels.put({ name: form.name, kind: form.kind, options, ...terms });
      const gone = Object.fromEntries(Object.keys(channel.options).flatMap((key) => (key in options ? [] : [[key, null]])));
      return client.channels.edit({ name: channel.name, options: { ...options, ...gone }, ...terms });
    },
    onSuccess: done,
  });
  const drop = useMutation({ mutationFn: () => client.channels.drop({ name: channel?.name ?? '' }), onSuccess: done });
  return { save, drop };
}
