import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBolt } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { useTexts } from '../../texts/language.tsx';

/** Wakes a device that sleeps; one without a card has nothing to be woken by. */
export function Wake({ device: { id, macs } }: { readonly device: DeviceJson }) {
  const { wake } = useTexts().device;
  const send = useMutation({
    mutationFn: () => client.devices.wake({ device: String(id) }),
    onSuccess: ({ sent }) => notifications.show({ withCloseButton: false, message: wake.done(sent.length) }),
  });
  if (macs.length === 0) return null;
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconBolt size={15} />}
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        {wake.button}
      </Button>
      {send.error && <Failure failure={send.error} />}
    </>
  );
}
