import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Question } from '../devices/pane.tsx';
import { calledOf } from './called-of.ts';

/** What has to be written is short and can be typed, whatever a device calls itself. */
const wordFor = (device: DeviceJson, nameless: string): string => {
  const called = calledOf(device, nameless);
  return called.length <= 60 && visible(called) === called ? called : `#${device.id}`;
};

/** The only word about a device that cannot be taken back, so it is asked for in full. */
export function Forget({ device, close }: { readonly device: DeviceJson; readonly close: () => void }) {
  const { device: texts, words } = useTexts();
  const { forget } = texts;
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const word = wordFor(device, words.nameless);
  const done = useMutation({
    mutationFn: () => client.devices.forget({ devices: [String(device.id)] }),
    onSuccess: () => {
      notifications.show({ withCloseButton: false, message: forget.done(word) });
      go('/devices');
    },
  });
  return (
    <Question title={forget.title} close={close}>
      <Stack>
        <Text size="sm">{forget.about}</Text>
        <TextInput
          label={<span className="foreign">{forget.type(word)}</span>}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group>
          <Button color="red" disabled={typed.trim() !== word} loading={done.isPending} onClick={() => done.mutate()}>
            {forget.do}
          </Button>
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
        </Group>
        {done.error && <Failure failure={done.error} />}
      </Stack>
    </Question>
  );
}
