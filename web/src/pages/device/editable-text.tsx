import { ActionIcon, Button, Group, Text, Textarea, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';

interface Props {
  readonly label: string;
  /** What the button says. */
  readonly edit: string;
  readonly text: string | null;
  readonly none: string;
  readonly most: number;
  readonly long?: boolean;
  readonly save: (text: string) => Promise<unknown>;
}

/** A text that is edited where it stands. */
export function EditableText({ label, edit, text, none, most, long = false, save }: Props) {
  const { words } = useTexts();
  const [draft, setDraft] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const close = (): void => setDraft(null);
  const keep = async (): Promise<void> => {
    setBusy(true);
    // Why it failed is told by whoever saves; what was written stays.
    await save((draft ?? '').trim()).then(close, () => undefined);
    setBusy(false);
  };
  if (draft === null)
    return (
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={500}>
            {label}
          </Text>
          <Text size="sm" className={text === null ? 'quiet' : 'foreign'} style={{ whiteSpace: 'pre-wrap' }}>
            {text === null ? none : long ? text.split('\n').map(visible).join('\n') : visible(text)}
          </Text>
        </div>
        <ActionIcon variant="subtle" aria-label={edit} onClick={() => setDraft(text ?? '')}>
          <IconPencil size={16} />
        </ActionIcon>
      </Group>
    );
  const field = { label, maxLength: most, value: draft, 'data-autofocus': true, autoFocus: true };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      {long ? (
        <Textarea {...field} autosize minRows={3} maxRows={14} onChange={(event) => setDraft(event.currentTarget.value)} />
      ) : (
        <TextInput {...field} onChange={(event) => setDraft(event.currentTarget.value)} />
      )}
      <Group gap="xs" mt={4}>
        <Button type="submit" size="compact-sm" loading={busy}>
          {words.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {words.cancel}
        </Button>
      </Group>
    </form>
  );
}
