import { Badge, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IncidentJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { takeBack } from '../../../parts/take-back.tsx';
import { undoLast } from '../../../parts/undo-last.ts';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';

/** An open incident: somebody took note, or may. */
export function Acknowledge({ incident }: { readonly incident: IncidentJson }) {
  const { now, words } = useTexts();
  const queries = useQueryClient();
  const note = useMutation({
    mutationFn: () => client.incidents.acknowledge({ ids: [incident.id] }),
    onSuccess: async () => {
      const renew = (): Promise<void> => queries.invalidateQueries({ queryKey: ['incidents.list'] });
      await renew();
      const back = (): Promise<void> => undoLast('incidents.acknowledge').then(renew);
      takeBack({ text: `${now.acknowledged}: ${incident.title}`, undo: words.undo, close: words.close, back });
    },
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
