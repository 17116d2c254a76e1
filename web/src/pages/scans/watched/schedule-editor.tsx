import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TargetJson } from '../../../../../src/contract/index.ts';
import { PLAN_NAMES } from '../../../../../src/core/index.ts';
import { Failure } from '../../../parts/answer.tsx';
import { takeBack } from '../../../parts/take-back.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { type DraftRow, faultOf, inputOf, NEW_ROW, rowsOf } from './draft.ts';
import { saveSchedule } from './save.ts';
import { ScheduleRow } from './schedule-row.tsx';

/** Says which plans run when. */
export function ScheduleEditor({ target, close }: { readonly target: TargetJson; readonly close: () => void }) {
  const { scans, words } = useTexts();
  const queries = useQueryClient();
  const [rows, setRows] = useState(() => rowsOf(target.schedule));
  const [unsound, setUnsound] = useState<ReadonlySet<number>>(new Set());
  const fault = faultOf(rows);
  const renew = (): Promise<void> => queries.invalidateQueries({ queryKey: ['targets.list'] });
  const save = useMutation({
    mutationFn: () => saveSchedule(target, inputOf(rows)),
    onSuccess: async (saved) => {
      await renew();
      close();
      const back = (): Promise<unknown> => saveSchedule(saved, inputOf(rowsOf(target.schedule))).then(renew);
      takeBack({ text: scans.saved(target.target), undo: words.undo, close: words.close, back });
    },
  });
  const say = (index: number, row: DraftRow): void => setRows(rows.map((one, i) => (i === index ? row : one)));
  const judge = (index: number, sound: boolean): void =>
    setUnsound((known) => {
      if (known.has(index) === !sound) return known;
      const next = new Set(known);
      if (sound) next.delete(index);
      else next.add(index);
      return next;
    });
  const free = PLAN_NAMES.find((plan) => rows.every((row) => row.plan !== plan));
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={scans.scheduleOf(visible(target.target))}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        {rows.map((row, i) => (
          <ScheduleRow
            key={i}
            row={row}
            onSay={(next) => say(i, next)}
            onJudge={(sound) => judge(i, sound)}
            onDrop={() => {
              setRows(rows.filter((_, at) => at !== i));
              setUnsound(new Set());
            }}
          />
        ))}
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert">
            {scans.faults[fault]}
          </Alert>
        )}
        {save.error && <Failure failure={save.error} />}
        <Group justify="space-between">
          <Button
            variant="default"
            disabled={free === undefined}
            onClick={() => setRows([...rows, { ...NEW_ROW, plan: free ?? NEW_ROW.plan }])}
          >
            {scans.addPlan}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
            <Button disabled={fault !== null || unsound.size > 0} loading={save.isPending} onClick={() => save.mutate()}>
              {words.save}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
