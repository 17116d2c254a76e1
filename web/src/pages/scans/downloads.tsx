import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';

const FORMS = ['xml', 'json', 'csv', 'normal', 'grepable'] as const;

/** A scan as a file: the tool's own words, or the form of another program. */
export function Downloads({ id }: { readonly id: number }) {
  const { scans } = useTexts();
  const fetchFile = useMutation({
    mutationFn: (form: (typeof FORMS)[number] | 'raw') =>
      form === 'raw' ? client.scans.raw({ id }) : client.scans.export({ id, as: form }),
    onSuccess: hand,
  });
  return (
    <Section title={scans.files}>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" disabled={fetchFile.isPending} onClick={() => fetchFile.mutate('raw')}>
          {scans.raw}
        </Button>
        {FORMS.map((form) => (
          <Button key={form} size="compact-sm" variant="default" disabled={fetchFile.isPending} onClick={() => fetchFile.mutate(form)}>
            {scans.forms[form]}
          </Button>
        ))}
      </Group>
      {fetchFile.error && <Failure failure={fetchFile.error} />}
    </Section>
  );
}

/** Long enough for any browser to have begun. */
const KEPT = 60_000;

/** Gives a file to whoever looks, by its own name; it is saved, never shown. */
function hand(file: File): void {
  const url = URL.createObjectURL(new Blob([file], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}
