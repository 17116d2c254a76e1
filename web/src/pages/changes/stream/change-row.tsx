import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ChangeJson, IncidentJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { ChangeLine } from '../../../parts/change-line.tsx';
import { takeBack } from '../../../parts/take-back.tsx';
import { useTexts } from '../../../texts/language.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { type Approvable, approvableOf, newestOf } from './approvable.ts';

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
  const devices = [String(of.device)];
  const approve = useMutation({
    mutationFn: () => client.approvals.approve({ devices, ...(of.place !== null && { services: [of.place] }) }),
    onSuccess: ({ made, replaced }) => {
      if (made === 0 || replaced > 0) return;
      takeBack({
        text: changes.approvedNow(of.place),
        undo: words.undo,
        close: words.close,
        back: () => takeBackApproval(of.device, made),
      });
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

/** Revokes just what was made; where somebody approved more meanwhile, nothing. */
async function takeBackApproval(device: number, made: number): Promise<void> {
  const ids = newestOf(await client.approvals.list({}), device);
  if (ids.length !== made) throw new Error('taking back an approval: the device was approved anew meanwhile');
  await client.approvals.revoke({ ids });
}
