import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useTexts } from '../texts/language.tsx';
import { visible } from './visible.ts';

interface Named {
  readonly id: number;
  readonly name: string | null;
}

/** The way to a device, by what it is called. `beside`: what to call it when it has no name. */
export function DeviceLink({ device, beside }: { readonly device: Named; readonly beside?: string | undefined }) {
  const { words } = useTexts();
  const called = device.name ?? beside;
  return (
    <Anchor component={Link} href={`/devices/${device.id}`} inherit className="foreign">
      {called === undefined ? (
        <Text span inherit fs="italic">
          {words.nameless} #{device.id}
        </Text>
      ) : (
        visible(called)
      )}
    </Anchor>
  );
}
