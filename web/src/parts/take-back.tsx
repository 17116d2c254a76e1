import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { visible } from './visible.ts';

interface Deed {
  /** What was done. */
  readonly text: string;
  /** What the button says. */
  readonly undo: string;
  /** What the sign that closes it is called. */
  readonly close?: string;
  /** Takes it back. */
  readonly back: () => Promise<unknown>;
}

/** Long enough to see what one did. */
const SHOWN = 12_000;

/** Says what was done, with a button that takes it back. */
export function takeBack({ text, undo, close = '×', back }: Deed): void {
  const closeButtonProps = { 'aria-label': close };
  const go = (): void => {
    notifications.hide(id);
    back().catch((failure: unknown) => notifications.show({ color: 'red', autoClose: false, closeButtonProps, message: said(failure) }));
  };
  const id = notifications.show({
    autoClose: SHOWN,
    closeButtonProps,
    message: (
      <Group justify="space-between" gap="xs">
        <span className="foreign">{visible(text)}</span>
        <Button size="compact-xs" variant="default" onClick={go}>
          {undo}
        </Button>
      </Group>
    ),
  });
}

const said = (failure: unknown): string => visible(failure instanceof Error ? failure.message : String(failure));
