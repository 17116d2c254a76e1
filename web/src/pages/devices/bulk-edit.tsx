import { Button, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { DEVICE_TYPES, IMPORTANCES } from '../../../../src/core/index.ts';
import { Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { editAll, foresee, takeBackAll } from './bulk-deeds.ts';
import { type BulkForm, editOf, NOTHING_SAID, TAKEN } from './bulk-form.ts';
import { Foreseen } from './foreseen.tsx';
import { Pane } from './pane.tsx';

interface Props {
  readonly ids: readonly number[];
  readonly close: () => void;
}

/** The same is said of many devices: first what it would change, then it is done, then it can be taken back. */
export function BulkEdit({ ids, close }: Props) {
  const { devices, words } = useTexts();
  const [form, setForm] = useState<BulkForm>(NOTHING_SAID);
  const edit = editOf(form);
  const look = useMutation({ mutationFn: () => foresee(ids, edit ?? {}) });
  const done = useMutation({
    mutationFn: async () => {
      if (!look.data || edit === null) return;
      await editAll(look.data, edit);
      const edited = look.data;
      takeBack({ text: devices.bulk.done(edited.length), undo: words.undo, back: () => takeBackAll(edited) });
      close();
    },
  });
  const say = (said: Partial<BulkForm>): void => {
    setForm({ ...form, ...said });
    look.reset();
    done.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edit !== null) look.mutate();
  };
  return (
    <Pane title={devices.bulk.title(ids.length)} close={close} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <Fields form={form} say={say} />
          <Group>
            <Button type="submit" variant="default" disabled={edit === null} loading={look.isPending}>
              {devices.bulk.show}
            </Button>
          </Group>
          {look.error && <Failure failure={look.error} />}
          {look.data && (
            <Foreseen edited={look.data} of={ids.length}>
              <Button onClick={() => done.mutate()} loading={done.isPending}>
                {devices.bulk.do(look.data.length)}
              </Button>
            </Foreseen>
          )}
          {done.error && <Failure failure={done.error} />}
        </Stack>
      </form>
    </Pane>
  );
}

function Fields({ form, say }: { readonly form: BulkForm; readonly say: (said: Partial<BulkForm>) => void }) {
  const { devices, words } = useTexts();
  const { bulk } = devices;
  const keep = { value: '', label: bulk.keep };
  const take = { value: TAKEN, label: bulk.take };
  const yesNo = [
    { value: 'yes', label: words.yes },
    { value: 'no', label: words.no },
  ];
  const text = (key: 'addGroups' | 'dropGroups' | 'addTags' | 'dropTags') => (
    <TextInput
      label={bulk[key]}
      description={bulk.several}
      value={form[key]}
      onChange={(event) => say({ [key]: event.currentTarget.value })}
    />
  );
  const choice = (
    key: 'type' | 'importance' | 'probed' | 'gentle',
    label: string,
    choices: readonly (string | { value: string; label: string })[],
  ) => (
    <NativeSelect
      label={label}
      value={form[key]}
      data={[keep, ...choices]}
      onChange={(event) => say({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {choice('type', words.type, [take, ...DEVICE_TYPES])}
      <TextInput
        label={words.owner}
        placeholder={bulk.keep}
        value={form.owner === TAKEN ? '' : form.owner}
        onChange={(event) => say({ owner: event.currentTarget.value })}
        rightSectionWidth={100}
        rightSection={
          <Button
            size="compact-xs"
            variant={form.owner === TAKEN ? 'filled' : 'default'}
            onClick={() => say({ owner: form.owner === TAKEN ? '' : TAKEN })}
          >
            {bulk.take}
          </Button>
        }
      />
      {text('addGroups')}
      {text('dropGroups')}
      {text('addTags')}
      {text('dropTags')}
      {choice(
        'importance',
        words.importance,
        IMPORTANCES.map((value) => ({ value, label: words.importances[value] })),
      )}
      {choice('probed', bulk.probed, yesNo)}
      {choice('gentle', bulk.gentle, [{ value: 'usual', label: bulk.usual }, ...yesNo])}
      <Textarea
        label={words.note}
        placeholder={bulk.keep}
        maxLength={4000}
        autosize
        minRows={1}
        maxRows={6}
        value={form.note}
        onChange={(event) => say({ note: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
