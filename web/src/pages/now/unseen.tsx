import { Alert, List, Stack } from '@mantine/core';
import { IconAlertTriangle, IconEyeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../asked/client.ts';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';

/** What nobody can see now, and what needs a person: impossible to miss. */
export function Unseen() {
  const { now } = useTexts();
  const targets = useQuery({
    queryKey: ['targets.list'],
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  const status = useQuery({
    queryKey: ['status.get'],
    queryFn: ({ signal }) => client.status.get(undefined, { signal }),
    meta: { follows: ['scans', 'targets'] },
  });
  const blind = (targets.data ?? []).filter((one) => one.blind);
  const troubles = status.data?.troubles ?? [];
  if (blind.length === 0 && troubles.length === 0) return null;
  return (
    <Stack gap="xs">
      {blind.map(({ target }) => (
        <Alert key={target.id} color="red" variant="filled" icon={<IconEyeOff />} role="alert">
          {now.blind(visible(target.target))}
        </Alert>
      ))}
      {troubles.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle />} title={now.troubles} role="status">
          <List size="sm">
            {troubles.map((trouble) => (
              <List.Item key={trouble} className="foreign">
                {visible(trouble)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
