import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What stands where nothing is: a sentence, and what to do about it where something can be done. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <Stack align="flex-start" gap="xs">
      <Text size="sm" className="quiet">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
