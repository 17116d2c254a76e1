import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { type DeviceEdit, undoing } from './edits.ts';

const keyOf = (id: number | string) => ['devices.get', String(id)];

/** A device with its history. */
export const useDevice = (reference: string) =>
  useQuery({
    queryKey: keyOf(reference),
    queryFn: ({ signal }) => client.devices.get({ reference }, { signal }),
    meta: { follows: ['commits'] },
  });

/** Asks anew for all that is shown of a device, after something was done to it. */
export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [operation] }) => /^(?:devices|approvals|merges|mutes|presence)\./.test(String(operation)),
    });
}

/** Says something of a device, with a way back. */
export function useEdit(device: DeviceJson) {
  const { device: texts, words } = useTexts();
  const fresh = useFresh();
  const reference = String(device.id);
  return useMutation({
    mutationFn: (edit: DeviceEdit) => client.devices.edit({ reference, ...edit }),
    onSuccess: (_, edit) => {
      const back = undoing(device, edit);
      takeBack({
        text: texts.labels.edited,
        undo: words.undo,
        back: async () => {
          await client.devices.edit({ reference, ...back });
          await fresh();
        },
      });
      return fresh();
    },
  });
}
