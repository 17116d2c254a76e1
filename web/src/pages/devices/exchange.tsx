import { Button, Checkbox, FileInput, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Imported } from './imported.tsx';
import { Pane } from './pane.tsx';

const FORMS = {
  csv: { as: 'csv' },
  excel: { as: 'csv', bom: true, separator: 'semicolon' },
  json: { as: 'json' },
} as const;

/** Hands a file to the browser. */
function saveFile(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Tables of devices, out and in. What fits the filter goes out. */
export function Exchange({ filter }: { readonly filter: string }) {
  const { exchange } = useTexts().devices;
  const [importing, setImporting] = useState(false);
  const out = useMutation({
    mutationFn: async (form: keyof typeof FORMS) =>
      saveFile(await client.devices.export({ ...FORMS[form], ...(filter.trim() === '' ? {} : { filter: filter.trim() }) })),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="compact-md" leftSection={<IconDownload size={15} />} loading={out.isPending}>
            {exchange.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['csv', 'excel', 'json'] as const).map((form) => (
            <Menu.Item key={form} onClick={() => out.mutate(form)}>
              {exchange[form]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" size="compact-md" leftSection={<IconUpload size={15} />} onClick={() => setImporting(true)}>
        {exchange.import}
      </Button>
      {out.error && <Failure failure={out.error} />}
      {importing && <Import close={() => setImporting(false)} />}
    </>
  );
}

/** Takes back the newest import, by whoever asks. */
async function undoImport(): Promise<void> {
  const last = (await client.undo.list()).find(({ operation }) => operation === 'devices.import');
  if (last) await client.undo.do({ of: last.ref });
}

function Import({ close }: { readonly close: () => void }) {
  const { devices, words } = useTexts();
  const { exchange } = devices;
  const [file, setFile] = useState<File | null>(null);
  const [clear, setClear] = useState(false);
  const blanks = clear ? ('clear' as const) : ('keep' as const);
  const look = useMutation({ mutationFn: (table: File) => client.devices.import({ file: table, dryRun: true, blanks }) });
  const done = useMutation({
    mutationFn: (table: File) => client.devices.import({ file: table, blanks }),
    onSuccess: ({ devices: some }) => {
      takeBack({ text: exchange.done(some), undo: words.undo, back: undoImport });
      close();
    },
  });
  const refresh = (): void => {
    look.reset();
    done.reset();
  };
  return (
    <Pane title={exchange.import} close={close} size="lg">
      <Stack>
        <Text size="sm">{exchange.about}</Text>
        <FileInput
          label={exchange.file}
          accept=".csv,.json,text/csv,application/json"
          value={file}
          onChange={(next) => {
            refresh();
            setFile(next);
          }}
        />
        <Checkbox
          label={exchange.blanks}
          checked={clear}
          onChange={(event) => {
            refresh();
            setClear(event.currentTarget.checked);
          }}
        />
        <Group>
          <Button variant="default" disabled={file === null} loading={look.isPending} onClick={() => file && look.mutate(file)}>
            {devices.bulk.show}
          </Button>
        </Group>
        {look.error && <Failure failure={look.error} />}
        {look.data && (
          <Imported told={look.data}>
            <Button
              loading={done.isPending}
              disabled={look.data.refused > 0 || look.data.devices === 0}
              onClick={() => file && done.mutate(file)}
            >
              {exchange.do}
            </Button>
          </Imported>
        )}
        {done.error && <Failure failure={done.error} />}
      </Stack>
    </Pane>
  );
}
