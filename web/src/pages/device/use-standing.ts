import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../../asked/client.ts';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { entryOf, isJudged, type Standing, standingOf } from './approved.ts';
import { useFresh } from './use-device.ts';

/** How a device stands to what was approved. */
export function useStanding(id: number) {
  return useQuery({
    queryKey: ['approvals.standing', id],
    queryFn: async ({ signal }): Promise<Standing> => {
      const approvals = await client.approvals.list({}, { signal });
      const items = isJudged(id, approvals) ? (await client.approvals.drift({ filter: `id:${id}` }, { signal })).items : [];
      return standingOf(id, approvals, items);
    },
    meta: { follows: ['commits'] },
  });
}

/** Approves a device (with all that is open on it) or one of its services, and takes approvals back; each with its own way back. */
export function useApproving(id: number, what: string, place: string | null) {
  const { device, words } = useTexts();
  const fresh = useFresh();
  const some = { devices: [String(id)], ...(place === null ? {} : { services: [place] }) };
  const approve = useMutation({
    mutationFn: () => client.approvals.approve(some),
    onSuccess: fresh,
  });
  const revoke = useMutation({
    mutationFn: (ids: number[]) => client.approvals.revoke({ ids }),
    onSuccess: (ended) => {
      // What ended is said again as it was, with its reason and its end.
      const entries = ended.map(entryOf);
      takeBack({
        text: device.approvals.revoked(what),
        undo: words.undo,
        back: async () => {
          await client.approvals.import({ entries });
          await fresh();
        },
      });
      return fresh();
    },
  });
  return { approve, revoke };
}
