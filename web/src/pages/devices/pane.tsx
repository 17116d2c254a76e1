import { Drawer, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/language.tsx';

interface Props {
  readonly title: string;
  readonly close: () => void;
  readonly size?: string;
  readonly children: ReactNode;
}

/** What slides in from the side. The header of Mantine's own is a second banner of the page to a screen reader. */
export function Pane({ title, close, size = 'md', children }: Props) {
  const { words } = useTexts();
  return (
    <Drawer.Root opened onClose={close} position="right" size={size}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Group justify="space-between" wrap="nowrap" p="md">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={words.close} />
        </Group>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** What is asked in the middle of the page. */
export function Question({ title, close, size = 'md', children }: Props) {
  const { words } = useTexts();
  return (
    <Modal.Root opened onClose={close} size={size}>
      <Modal.Overlay />
      <Modal.Content>
        <Group justify="space-between" wrap="nowrap" p="md">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={words.close} />
        </Group>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
