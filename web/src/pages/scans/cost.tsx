import { useQuery } from '@tanstack/react-query';
import type { ScanJson, TargetStatusJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { useTexts } from '../../texts/language.tsx';

/** What a scan was forecast to cost, and what it did; known of the newest of each plan. */
export function Cost({ scan }: { readonly scan: ScanJson }) {
  const { scans } = useTexts();
  const targets = useQuery({
    queryKey: ['targets.list'],
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  const plan = planOf(targets.data ?? [], scan.id);
  if (!plan) return null;
  return (
    <>
      <dt className="quiet">{scans.forecast}</dt>
      <dd>{scans.estimate(plan.forecast.likely)}</dd>
      {plan.measured && (
        <>
          <dt className="quiet">{scans.measured}</dt>
          <dd>{scans.measuredAt(plan.measured)}</dd>
        </>
      )}
    </>
  );
}

const planOf = (targets: readonly TargetStatusJson[], scan: number) =>
  targets.flatMap(({ plans }) => plans).find(({ lastScan }) => lastScan?.id === scan);
