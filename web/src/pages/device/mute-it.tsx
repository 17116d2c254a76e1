import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Question } from '../devices/pane.tsx';

/** Keeps silent about a device for a while. */
export function MuteIt({ device, close }: { readonly device: DeviceJson; readonly close: () => void }) {
  const { device: texts, words } = useTexts();
  const { mute } = texts;
  const [until, setUntil] = useState('2h');
  const [why, setWhy] = useState('');
  const add = useMutation({
    mutationFn: () =>
      client.mutes.add({
        where: `id:${device.id}`,
        ...(until.trim() === '' ? {} : { until: until.trim() }),
        ...(why.trim() === '' ? {} : { why: why.trim() }),
      }),
    onSuccess: ({ id }) => {
      takeBack({ text: mute.done, undo: words.undo, back: () => client.mutes.end({ id }) });
      close();
    },
  });
  return (
    <Question title={mute.title} close={close}>
      <Stack>
        <Text size="sm">{mute.about}</Text>
        <TextInput label={mute.until} maxLength={64} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        <TextInput label={mute.why} maxLength={1000} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
        <Group>
          <Button loading={add.isPending} onClick={() => add.mutate()}>
            {mute.do}
          </Button>
        </Group>
        {add.error && <Failure failure={add.error} />}
      </Stack>
    </Question>
  );
}
