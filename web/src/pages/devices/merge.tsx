import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { useTexts } from '../../texts/language.tsx';
import { calledOfDevice, shortened } from './called.ts';
import { Question } from './pane.tsx';

/** What is told of a device that may be one with another. */
export interface Member {
  readonly id: number;
  readonly name: string | null;
  readonly macs: readonly string[];
  readonly addresses: readonly string[];
}

/** Makes devices one, with a way back. Answers when it is done. */
export function useMerge(after: () => void) {
  const { devices, words } = useTexts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ keep, absorb }: { readonly keep: Member; readonly absorb: readonly Member[] }) => {
      await client.merges.merge({ keep: String(keep.id), absorb: absorb.map(({ id }) => String(id)) });
      takeBack({
        text: devices.merge.done(calledOfDevice(keep, words.nameless)),
        undo: words.undo,
        back: async () => {
          for (const { id } of absorb.toReversed()) await client.merges.undo({ device: String(keep.id), part: String(id) });
          await queries.invalidateQueries({ queryKey: ['merges.proposals'] });
        },
      });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['merges.proposals'] });
      after();
    },
  });
}

interface Props {
  readonly members: readonly Member[];
  readonly close: () => void;
  readonly after: () => void;
}

/** Which of several devices goes on. */
export function Merge({ members, close, after }: Props) {
  const { devices, words } = useTexts();
  const [kept, keep] = useState(String(members[0]?.id));
  const merge = useMerge(after);
  const chosen = members.find(({ id }) => String(id) === kept);
  return (
    <Question title={devices.merge.title} close={close}>
      <Stack>
        <Text size="sm">{devices.merge.about}</Text>
        <Radio.Group label={devices.merge.keep} value={kept} onChange={keep}>
          <Stack gap="xs" mt="xs">
            {members.map((one) => (
              <Radio
                key={one.id}
                value={String(one.id)}
                label={<span className="foreign">{calledOfDevice(one, words.nameless)}</span>}
                description={<span className="foreign">{shortened([...one.addresses, ...one.macs].join(', '))}</span>}
              />
            ))}
          </Stack>
        </Radio.Group>
        {merge.error && <Failure failure={merge.error} />}
        <Group>
          <Button
            loading={merge.isPending}
            onClick={() => chosen && merge.mutate({ keep: chosen, absorb: members.filter((one) => one !== chosen) })}
          >
            {devices.merge.do}
          </Button>
        </Group>
      </Stack>
    </Question>
  );
}
