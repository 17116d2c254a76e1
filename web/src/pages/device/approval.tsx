import { Badge, Button, Group, Text } from '@mantine/core';
import type { ApprovalJson, DriftItemJson } from '../../../../src/contract/index.ts';
import { Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import { useApproving } from './use-standing.ts';

interface Props {
  readonly id: number;
  /** What it is called in the texts of its buttons. */
  readonly what: string;
  /** "22/tcp"; null: the device itself, with all that is open on it. */
  readonly place: string | null;
  readonly approval: ApprovalJson | null;
  readonly drift: DriftItemJson | null;
}

/** Whether one thing is approved, by whom and why, whether it differs, and the word for it or against it. */
export function Approval({ id, what, place, approval, drift }: Props) {
  const { approvals } = useTexts().device;
  return (
    <div data-approved={approval !== null} data-place={place ?? 'device'}>
      <Group gap="xs">
        <Text size="sm">{approval === null ? approvals.not : approvals.approved}</Text>
        {drift !== null && (
          <Badge color="red" variant="filled" size="sm">
            {approvals.drift}
          </Badge>
        )}
        <Words id={id} what={what} place={place} approval={approval} drift={drift} />
      </Group>
      {approval !== null && <Said approval={approval} />}
      {drift !== null && (
        <Text size="xs" className="foreign">
          {visible(drift.reason)}
        </Text>
      )}
    </div>
  );
}

function Said({ approval: { by, why, until, at } }: { readonly approval: ApprovalJson }) {
  const { device, words } = useTexts();
  return (
    <Text size="xs" className="quiet foreign">
      {words.since} <Instant at={at} as="moment" />
      {by !== undefined && ` ${device.approvals.by(visible(by))}`}
      {why !== undefined && ` · ${visible(why)}`}
      {until !== undefined && (
        <>
          {' · '}
          {device.approvals.until} <Instant at={until} as="moment" />
        </>
      )}
    </Text>
  );
}

/** The word for it, or against it. */
function Words({ id, what, place, approval, drift }: Props) {
  const { approvals } = useTexts().device;
  const { approve, revoke } = useApproving(id, what, place);
  const failure = approve.error ?? revoke.error;
  return (
    <>
      {(approval === null || drift !== null) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={approve.isPending}
          onClick={() => approve.mutate()}
          aria-label={approvals.approveOf(what)}
        >
          {place === null ? approvals.approveAll : approvals.approve}
        </Button>
      )}
      {approval !== null && (
        <Button
          size="compact-xs"
          variant="default"
          loading={revoke.isPending}
          onClick={() => revoke.mutate([approval.id])}
          aria-label={approvals.revokeOf(what)}
        >
          {approvals.revoke}
        </Button>
      )}
      {failure && <Failure failure={failure} />}
    </>
  );
}
