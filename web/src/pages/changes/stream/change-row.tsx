import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ChangeJson, IncidentJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { ChangeLine } from '../../../parts/change-line.tsx';
import { takeBack } from '../../../parts/take-back.tsx';
import { undoLast } from '../../../parts/undo-last.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { type Approvable, approvableOf } from './approvable.ts';

interface Props {
  readonly change: ChangeJson;
  readonly incident: IncidentJson | undefined;
  readonly why: (seq: number) => void;
}

/** A change, and what can be done about it. */
export function ChangeRow({ change, incident, why }: Props) {
  const { changes } = useTexts();
  const approvable = approvableOf(change);
  return (
    <Group justify="space-between" gap="xs" wrap="wrap">
      <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <ChangeLine change={change} when="moment" />
      </div>
      <Group gap="xs">
        {incident && <Acknowledge incident={incident} />}
        {approvable && <Approve of={approvable} seq={change.seq} />}
        <Button size="compact-xs" variant="default" onClick={() => why(change.seq)} aria-label={changes.whyOf(change.seq)}>
          {changes.why}
        </Button>
      </Group>
    </Group>
  );
}

function Approve({ of, seq }: { readonly of: Approvable; readonly seq: number }) {
  const { changes, words } = useTexts();
  const approve = useMutation({
    mutationFn: () => client.changes.approve({ seqs: [seq] }),
    onSuccess: ({ made }) => {
      if (made > 0)
        takeBack({ text: changes.approvedNow(of.place), undo: words.undo, close: words.close, back: () => undoLast('approvals.approve') });
    },
  });
  if (approve.data)
    return (
      <span className="quiet" role="status">
        {approve.data.made === 0 ? changes.alreadyApproved : changes.approved}
      </span>
    );
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={approve.isPending}
        onClick={() => approve.mutate()}
        aria-label={changes.approveOf(seq, of.place)}
      >
        {changes.approve}
      </Button>
      {approve.error && <Failure failure={approve.error} />}
    </>
  );
}
