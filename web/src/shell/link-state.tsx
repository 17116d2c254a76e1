import { Badge, Tooltip } from '@mantine/core';
import { useLink } from '../live/live.tsx';
import { useStale } from '../live/stale.ts';
import { useTexts } from '../texts/language.tsx';

/** Whether what is shown is what is. */
export function LinkState() {
  const { shell } = useTexts();
  const link = useLink();
  const stale = useStale();
  if (stale)
    return (
      <Badge color="red" variant="filled" role="status">
        {shell.link.staleShort}
      </Badge>
    );
  if (link.is === 'connecting')
    return (
      <Badge color="gray" variant="default" role="status">
        {shell.link.connecting}
      </Badge>
    );
  return (
    <Tooltip label={shell.link.liveAbout}>
      <Badge variant="default" role="status" leftSection={<span style={{ color: 'var(--present)' }}>●</span>}>
        {shell.link.live}
      </Badge>
    </Tooltip>
  );
}
