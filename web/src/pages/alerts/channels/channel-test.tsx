import { Alert, Button, Code, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';

/** Sends one message by a channel, and shows word by word what was said. */
export function ChannelTest({ name, close }: { readonly name: string; readonly close: () => void }) {
  const { alerts, words } = useTexts();
  const { channels } = alerts;
  const send = useMutation({ mutationFn: () => client.channels.test({ name }) });
  const delivery = send.data?.delivery;
  return (
    <Modal opened onClose={close} size="lg" title={channels.testOf(visible(name))} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text size="sm">{channels.testAbout}</Text>
        <Button onClick={() => send.mutate()} loading={send.isPending}>
          {channels.send}
        </Button>
        {send.error && <Failure failure={send.error} />}
        {delivery?.outcome === 'delivered' && (
          <Alert color="roll" role="status" title={channels.arrived}>
            <span className="foreign">{visible(delivery.receipt)}</span>
          </Alert>
        )}
        {delivery?.outcome === 'refused' && (
          <Alert color="red" role="alert" title={visible(delivery.reason)}>
            <span className="foreign">{visible(delivery.remedy)}</span>
          </Alert>
        )}
        {send.data?.exchange.map(({ from, text }, i) => (
          <div key={i}>
            <Text size="xs" className="quiet">
              {channels.said[from]}
            </Text>
            <Code block className="foreign" tabIndex={0}>
              {text.split('\n').map(visible).join('\n')}
            </Code>
          </div>
        ))}
      </Stack>
    </Modal>
  );
}
