import { NativeSelect, Stack, Switch, TagsInput } from '@mantine/core';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { DEVICE_TYPES, type DeviceType, IMPORTANCES, type Importance } from '../../../../src/core/index.ts';
import { Failure } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';
import { EditableText } from './editable-text.tsx';
import { setEdit } from './edits.ts';
import { useEdit } from './use-device.ts';

/** What people say of it, edited where it stands. */
export function Labels({ device }: { readonly device: DeviceJson }) {
  const { device: texts, words } = useTexts();
  const { labels } = texts;
  const edit = useEdit(device);
  const { type, typeBy, typeGuess, gentle } = device;
  const list = (key: 'groups' | 'tags') => (
    <TagsInput
      label={words[key]}
      value={device[key]}
      maxTags={64}
      onChange={(after) => {
        const said = setEdit(device[key], after);
        if (said) edit.mutate({ [key]: said });
      }}
    />
  );
  return (
    <Section title={labels.title}>
      <Stack gap="sm">
        <EditableText
          label={words.name}
          edit={labels.editName}
          text={device.alias}
          none={words.none}
          most={255}
          save={(text) => edit.mutateAsync({ name: text === '' ? null : text })}
        />
        <EditableText
          label={words.owner}
          edit={labels.editOwner}
          text={device.owner}
          none={labels.noOwner}
          most={64}
          save={(text) => edit.mutateAsync({ owner: text === '' ? null : text })}
        />
        <NativeSelect
          label={words.type}
          value={typeBy === 'person' && type !== null ? type : ''}
          data={[{ value: '', label: typeGuess ? labels.guessed(typeGuess.type) : labels.unknownType }, ...DEVICE_TYPES]}
          onChange={(event) => edit.mutate({ type: event.currentTarget.value === '' ? null : (event.currentTarget.value as DeviceType) })}
        />
        {list('groups')}
        {list('tags')}
        <NativeSelect
          label={words.importance}
          value={device.importance}
          data={IMPORTANCES.map((value) => ({ value, label: words.importances[value] }))}
          onChange={(event) => edit.mutate({ importance: event.currentTarget.value as Importance })}
        />
        <EditableText
          label={words.note}
          edit={labels.editNote}
          text={device.note}
          none={labels.noNote}
          most={4000}
          long
          save={(text) => edit.mutateAsync({ note: text === '' ? null : text })}
        />
        <Switch
          label={labels.probed}
          description={labels.probedAbout}
          checked={device.probed}
          disabled={edit.isPending}
          onChange={(event) => edit.mutate({ probed: event.currentTarget.checked })}
        />
        <NativeSelect
          label={labels.gentle}
          value={gentle === null ? '' : gentle ? 'yes' : 'no'}
          data={[
            { value: '', label: labels.usual },
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
          ]}
          onChange={(event) => edit.mutate({ gentle: { yes: true, no: false }[event.currentTarget.value] ?? null })}
        />
        {edit.error && <Failure failure={edit.error} />}
      </Stack>
    </Section>
  );
}
