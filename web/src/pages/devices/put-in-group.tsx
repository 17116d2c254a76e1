import { Autocomplete, Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { lotsOf } from './bulk-form.ts';
import { Question } from './pane.tsx';
import type { Row } from './row.ts';

interface Props {
  readonly selected: readonly Row[];
  readonly close: () => void;
}

/** Puts devices into a group, known or new. */
export function PutInGroup({ selected, close }: Props) {
  const { devices, words } = useTexts();
  const [group, setGroup] = useState('');
  const groups = useQuery({ queryKey: ['groups.list'], queryFn: ({ signal }) => client.groups.list(undefined, { signal }) });
  const put = useMutation({
    mutationFn: async (name: string) => {
      // Who was in it before stays in it when this is taken back.
      const ids = selected.filter((one) => !one.groups.includes(name)).map(({ id }) => String(id));
      for (const lot of lotsOf(ids)) await client.groups.add({ group: name, devices: lot });
      const back = async (): Promise<void> => {
        for (const lot of lotsOf(ids)) await client.groups.remove({ group: name, devices: lot });
      };
      takeBack({ text: devices.bulk.done(ids.length), undo: words.undo, back });
      close();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (group.trim() !== '') put.mutate(group.trim());
  };
  return (
    <Question title={devices.bulk.group} close={close}>
      <form onSubmit={submit}>
        <Stack>
          <Autocomplete
            label={devices.bulk.groupName}
            maxLength={64}
            value={group}
            onChange={setGroup}
            data={groups.data?.map(({ name }) => name) ?? []}
            data-autofocus
          />
          <Group>
            <Button type="submit" disabled={group.trim() === ''} loading={put.isPending}>
              {devices.bulk.group}
            </Button>
          </Group>
          {put.error && <Failure failure={put.error} />}
        </Stack>
      </form>
    </Question>
  );
}
