import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useRef } from 'react';
import { useLive } from '../live/live.tsx';
import { useStale } from '../live/stale.ts';
import { useLanguage } from '../texts/language.tsx';

/** What everybody has to know, on whatever page: the page is old, or what it shows may be. */
export function Banners() {
  const { locale, texts } = useLanguage();
  const { shell } = texts;
  const stale = useStale();
  const outdated = useOutdated();
  if (stale === null && !outdated) return null;
  return (
    <Stack gap="xs" mb="md">
      {stale !== null && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {shell.link.stale(new Date(stale).toLocaleTimeString(locale))}
        </Alert>
      )}
      {outdated && (
        <Alert color="roll" icon={<IconRefresh />} role="alert">
          <Group justify="space-between">
            {shell.outdated}
            <Button size="compact-sm" onClick={() => location.reload()}>
              {shell.reload}
            </Button>
          </Group>
        </Alert>
      )}
    </Stack>
  );
}

/** Whether the daemon that answers is another version than the one the page came from. */
function useOutdated(): boolean {
  const version = useLive((state) => state.version);
  const first = useRef(version);
  first.current ??= version;
  return version !== null && version !== first.current;
}
