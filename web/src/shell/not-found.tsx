import { Anchor, Stack, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useTexts } from '../texts/language.tsx';

export function NotFound() {
  const { shell } = useTexts();
  return (
    <Stack align="flex-start">
      <Title order={1} size="h3">
        {shell.notFound}
      </Title>
      <Anchor component={Link} href="/">
        {shell.toNow}
      </Anchor>
    </Stack>
  );
}
