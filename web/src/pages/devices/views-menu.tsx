import { ActionIcon, Badge, Button, Checkbox, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SavedViewJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { keepUsual, usualView } from './usual-view.ts';

const VIEWS = ['views.list', 'devices'];

export type Arranged = Pick<SavedViewJson, 'filter' | 'columns' | 'sort'>;

interface Props {
  /** How the page is arranged now. */
  readonly now: Arranged;
  readonly pick: (view: Arranged) => void;
}

export const useViews = () => useQuery({ queryKey: VIEWS, queryFn: ({ signal }) => client.views.list({ page: 'devices' }, { signal }) });

/** Arrangements that were kept: picked, saved, dropped, and the one the page opens with. */
export function ViewsMenu({ now, pick }: Props) {
  const { devices } = useTexts();
  const views = useViews();
  const [open, setOpen] = useState(false);
  const [usual, setUsual] = useState(usualView);
  const prefer = (id: number | null): void => {
    keepUsual(id);
    setUsual(id);
  };
  const take = (view: Arranged): void => {
    pick(view);
    setOpen(false);
  };
  return (
    <Popover position="bottom-start" trapFocus returnFocus opened={open} onChange={setOpen}>
      <Popover.Target>
        <Button variant="default" size="compact-md" leftSection={<IconBookmark size={15} />} onClick={() => setOpen(!open)}>
          {devices.views.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={devices.views.label}>
        <Stack gap="xs" maw="20rem">
          <Button size="compact-sm" variant="subtle" justify="flex-start" onClick={() => take({ filter: '', columns: [], sort: null })}>
            {devices.views.all}
          </Button>
          <Answer of={views}>
            {(all) =>
              all.length === 0 ? (
                <Text size="sm" className="quiet">
                  {devices.views.none}
                </Text>
              ) : (
                all.map((view) => <View key={view.id} view={view} usual={view.id === usual} prefer={prefer} pick={() => take(view)} />)
              )
            }
          </Answer>
          <SaveView now={now} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ViewProps {
  readonly view: SavedViewJson;
  readonly usual: boolean;
  readonly prefer: (id: number | null) => void;
  readonly pick: () => void;
}

function View({ view, usual, prefer, pick }: ViewProps) {
  const { devices, words } = useTexts();
  const { views } = devices;
  const queries = useQueryClient();
  const name = visible(view.name);
  const fresh = () => queries.invalidateQueries({ queryKey: VIEWS });
  const drop = useMutation({
    mutationFn: () => client.views.remove({ id: view.id }),
    onSuccess: ({ name: called, page, filter, columns, sort, forAll }) => {
      if (usual) prefer(null);
      const back = (): Promise<unknown> => client.views.save({ name: called, page, filter, columns, sort, forAll }).then(fresh);
      takeBack({ text: views.dropped(called), undo: words.undo, back });
      return fresh();
    },
  });
  return (
    <div data-view={view.id}>
      <Group gap={4} wrap="nowrap" justify="space-between">
        <Button size="compact-sm" variant="subtle" onClick={pick} style={{ minWidth: 0 }} className="foreign">
          {name}
        </Button>
        <Group gap={4} wrap="nowrap">
          {usual && (
            <Badge size="xs" variant="default">
              {views.isUsual}
            </Badge>
          )}
          <ActionIcon size="sm" variant="subtle" aria-label={views.drop(name)} loading={drop.isPending} onClick={() => drop.mutate()}>
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      </Group>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => prefer(usual ? null : view.id)}
        aria-label={`${usual ? views.usualOff : views.usual}: ${name}`}
      >
        {usual ? views.usualOff : views.usual}
      </Button>
      {drop.error && <Failure failure={drop.error} />}
    </div>
  );
}

function SaveView({ now }: { readonly now: Arranged }) {
  const { devices } = useTexts();
  const { views } = devices;
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => client.views.save({ ...now, name: name.trim(), page: 'devices', forAll: shared }),
    onSuccess: () => {
      setName('');
      return queries.invalidateQueries({ queryKey: VIEWS });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput size="xs" label={views.name} maxLength={64} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Checkbox size="xs" label={views.shared} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <Button type="submit" size="compact-sm" disabled={name.trim() === ''} loading={save.isPending}>
          {views.save}
        </Button>
        {save.error && <Failure failure={save.error} />}
      </Stack>
    </form>
  );
}
