import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { takeBack } from '../../../parts/take-back.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { RULES } from '../keys.ts';
import { Backtest } from './backtest.tsx';
import { RuleFields } from './rule-fields.tsx';
import { faultsOfForm, formOfRule, NEW_RULE, type RuleForm, wordsOfForm } from './rule-form.ts';

interface Props {
  /** null: a new one. */
  readonly rule: RuleJson | null;
  readonly close: () => void;
}

/** Makes a rule, or says something else of one; shows what it would have sent before it is kept. */
export function RuleEditor({ rule, close }: Props) {
  const { alerts, words } = useTexts();
  const [form, setForm] = useState<RuleForm>(rule === null ? NEW_RULE : formOfRule(rule));
  const faults = faultsOfForm(form);
  const { save, drop } = useDeeds(rule, close);
  const fixed = rule?.source === 'config';
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={rule === null ? alerts.rules.add : visible(rule.name)}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        {fixed && <Alert color="gray">{alerts.rules.ofConfig}</Alert>}
        <RuleFields form={form} faults={faults} named={rule !== null} fixed={fixed} change={(part) => setForm({ ...form, ...part })} />
        {(save.error ?? drop.error) && <Failure failure={save.error ?? drop.error} />}
        <Group justify="space-between">
          {rule?.source === 'user' && (
            <Button variant="default" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
              {words.remove}
            </Button>
          )}
          <Group ml="auto">
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
            {!fixed && (
              <Button loading={save.isPending} disabled={faults.size > 0} onClick={() => save.mutate(form)}>
                {words.save}
              </Button>
            )}
          </Group>
        </Group>
        <Backtest form={form} sound={faults.size === 0} />
      </Stack>
    </Drawer>
  );
}

function useDeeds(rule: RuleJson | null, close: () => void) {
  const { alerts, words } = useTexts();
  const queries = useQueryClient();
  const done = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: RULES });
    close();
  };
  const save = useMutation({
    mutationFn: (form: RuleForm) => {
      const { name, ...rest } = wordsOfForm(form);
      return rule === null ? client.rules.put({ name, ...rest }) : client.rules.edit({ name: rule.name, ...rest });
    },
    onSuccess: done,
  });
  const drop = useMutation({
    mutationFn: () => client.rules.drop({ name: rule?.name ?? '' }),
    onSuccess: async (dropped) => {
      await done();
      takeBack({
        text: alerts.rules.dropped(dropped.name),
        undo: words.undo,
        back: async () => {
          await client.rules.put(wordsOfForm(formOfRule(dropped)));
          await queries.invalidateQueries({ queryKey: RULES });
        },
      });
    },
  });
  return { save, drop };
}
