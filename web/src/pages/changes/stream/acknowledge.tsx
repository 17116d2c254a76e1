import { Badge, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IncidentJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';

/** An open incident: somebody took note, or may. */
export function Acknowledge({ incident }: { readonly incident: IncidentJson }) {
  const { now } = useTexts();
  const queries = useQueryClient();
  const note = useMutation({
    mutationFn: () => client.incidents.acknowledge({ ids: [incident.id] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['incidents.list'] }),
  });
  if (incident.acknowledged)
    return (
      <Badge size="sm" variant="default">
        {now.acknowledged}
      </Badge>
    );
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={note.isPending}
        onClick={() => note.mutate()}
        aria-label={`${now.acknowledge}: ${visible(incident.title)}`}
      >
        {now.acknowledge}
      </Button>
      {note.error && <Failure failure={note.error} />}
    </>
  );
}
