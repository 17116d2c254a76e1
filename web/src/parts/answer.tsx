import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language.tsx';

interface Props<T> {
  readonly of: UseQueryResult<T>;
  /** Lines of what is to come. */
  readonly lines?: number;
  readonly children: (answer: T) => ReactNode;
}

/** An answer as it stands: to come, not to be had and why, or here. An old answer stays while a new one is asked for. */
export function Answer<T>({ of, lines = 3, children }: Props<T>) {
  const { shell } = useTexts();
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failure failure={of.error} again={() => void of.refetch()} />;
  return (
    <Stack gap="xs" aria-busy="true" aria-label={shell.loading}>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={16} />
      ))}
    </Stack>
  );
}

/** Why something could not be had or done, with what to do about it, as the daemon says. */
export function Failure({ failure, again }: { readonly failure: unknown; readonly again?: () => void }) {
  const { shell } = useTexts();
  const remedy = remedyOf(failure);
  return (
    <Alert color="red" variant="light" role="alert" title={shell.failed(failure instanceof Error ? failure.message : String(failure))}>
      {remedy && <Text size="sm">{remedy}</Text>}
      {again && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={again}>
          {shell.again}
        </Button>
      )}
    </Alert>
  );
}

function remedyOf(failure: unknown): string | null {
  const told = (failure as { data?: { remedy?: unknown } } | null)?.data?.remedy;
  return typeof told === 'string' ? told : null;
}
