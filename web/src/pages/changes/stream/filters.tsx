import { Chip, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { CHANGE_FAMILIES } from '../../../../../src/core/index.ts';
import { useTexts } from '../../../texts/language.tsx';
import { withWords } from '../view.ts';
import { askedOf, SPANS, type SpanName } from './asked.ts';

const PAUSE = 300;

/** Which changes one wants to see; kept in the address. */
export function Filters() {
  const { changes } = useTexts();
  const [search, setSearch] = useSearchParams();
  const asked = askedOf(search);
  const say = (words: Readonly<Record<string, string | null>>): void => setSearch((now) => withWords(now, words), { replace: true });
  return (
    <Stack gap="sm" mb="md">
      <Chip.Group multiple value={[...asked.families]} onChange={(families) => say({ family: families.join(',') })}>
        <Group gap="xs" role="group" aria-label={changes.kinds}>
          {CHANGE_FAMILIES.map((family) => (
            <Chip key={family} value={family} size="xs" variant="outline">
              {changes.families[family]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="sm" align="flex-end">
        <DeviceFilter said={asked.filter} say={(filter) => say({ filter })} />
        <NativeSelect
          label={changes.span}
          value={asked.span ?? ''}
          onChange={(event) => say({ span: event.currentTarget.value })}
          data={[
            { value: '', label: changes.always },
            ...(Object.keys(SPANS) as SpanName[]).map((span) => ({ value: span, label: changes.spans[span] })),
          ]}
        />
      </Group>
    </Stack>
  );
}

function DeviceFilter({ said, say }: { readonly said: string; readonly say: (filter: string) => void }) {
  const { changes } = useTexts();
  const [text, setText] = useState(said);
  useEffect(() => setText(said), [said]);
  useEffect(() => {
    if (text.trim() === said) return undefined;
    const timer = setTimeout(() => say(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text, said, say]);
  return (
    <TextInput
      label={changes.ofDevices}
      placeholder="group:iot -tag:ok"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      style={{ flex: '1 1 16rem' }}
    />
  );
}
