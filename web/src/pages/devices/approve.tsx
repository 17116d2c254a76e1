import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovedJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { useTexts } from '../../texts/language.tsx';
import { lotsOf } from './bulk-form.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly ids: readonly number[];
  readonly close: () => void;
}

interface Terms {
  readonly version: string;
  readonly why: string;
  readonly until: string;
}

/** Approves in lots; what it came to, summed. */
async function approve(ids: readonly number[], { version, why, until }: Terms, dryRun: boolean): Promise<ApprovedJson> {
  const said = { version, dryRun, ...(why === '' ? {} : { why }), ...(until === '' ? {} : { until }) };
  const answers: ApprovedJson[] = [];
  for (const lot of lotsOf(ids)) answers.push(await client.approvals.approve({ devices: lot.map(String), ...said }));
  const sum = (key: 'devices' | 'services' | 'portOnly' | 'made' | 'already' | 'replaced' | 'away'): number =>
    answers.reduce((total, answer) => total + answer[key], 0);
  return {
    devices: sum('devices'),
    services: sum('services'),
    portOnly: sum('portOnly'),
    made: sum('made'),
    already: sum('already'),
    replaced: sum('replaced'),
    away: sum('away'),
    leftOut: answers.flatMap(({ leftOut }) => leftOut),
  };
}

/** Approves devices and all that is open on them, with what it would come to shown first. */
export function Approve({ ids, close }: Props) {
  const { devices } = useTexts();
  const texts = devices.approve;
  const [terms, setTerms] = useState<Terms>({ version: 'exact', why: '', until: '' });
  const would = useQuery({
    queryKey: ['approvals.would', ids, terms.version],
    queryFn: () => approve(ids, { ...terms, why: '', until: '' }, true),
  });
  const done = useMutation({
    mutationFn: () => approve(ids, { ...terms, why: terms.why.trim(), until: terms.until.trim() }, false),
    onSuccess: ({ made }) => {
      notifications.show({ withCloseButton: false, message: texts.done(made) });
      close();
    },
  });
  return (
    <Pane title={texts.title(ids.length)} close={close}>
      <Stack>
        <Text size="sm">{texts.about}</Text>
        <NativeSelect
          label={texts.version}
          value={terms.version}
          data={(['exact', 'any', 'port'] as const).map((value) => ({ value, label: texts.versions[value] }))}
          onChange={(event) => setTerms({ ...terms, version: event.currentTarget.value })}
        />
        <TextInput
          label={texts.why}
          maxLength={1000}
          value={terms.why}
          onChange={(event) => setTerms({ ...terms, why: event.currentTarget.value })}
        />
        <TextInput
          label={texts.until}
          description={texts.untilHint}
          maxLength={64}
          value={terms.until}
          onChange={(event) => setTerms({ ...terms, until: event.currentTarget.value })}
        />
        <Answer of={would}>
          {({ devices: some, services, already, leftOut }) => (
            <Text size="sm" role="status" data-would>
              {texts.would(some, services)}
              {already > 0 && ` · ${texts.already(already)}`}
              {leftOut.length > 0 && ` · ${texts.leftOut(leftOut.length)}`}
            </Text>
          )}
        </Answer>
        <Group>
          <Button onClick={() => done.mutate()} loading={done.isPending} disabled={!would.data}>
            {texts.do}
          </Button>
        </Group>
        {done.error && <Failure failure={done.error} />}
      </Stack>
    </Pane>
  );
}
