import { Autocomplete, Checkbox, Fieldset, Group, MultiSelect, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../../asked/client.ts';
import { useLanguage } from '../../../texts/language.tsx';
import type { RuleFault, RuleForm } from './rule-form.ts';

interface Props {
  readonly form: RuleForm;
  readonly faults: ReadonlySet<RuleFault>;
  /** It has its name already. */
  readonly named: boolean;
  readonly fixed: boolean;
  readonly change: (part: Partial<RuleForm>) => void;
}

const GAPS = ['0s', '5m', '15m', '1h', '6h', '1d'];

export function RuleFields({ form, faults, named, fixed, change }: Props) {
  const { texts } = useLanguage();
  const { rules, urgencies, groupings } = texts.alerts;
  const fault = (field: RuleFault, text: string): string | false => faults.has(field) && text;
  const receivers = useReceivers(rules.everybody);
  const choices = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <Fieldset variant="unstyled" disabled={fixed}>
      <Stack gap="sm">
        <TextInput
          label={rules.name}
          description={rules.nameAbout}
          value={form.name}
          disabled={named}
          error={form.name !== '' && fault('name', rules.nameAbout)}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TagsInput
          label={rules.on}
          description={rules.onAbout}
          data={Object.keys(texts.kinds)}
          value={[...form.on]}
          onChange={(on) => change({ on })}
          maxDropdownHeight={220}
        />
        <TextInput
          label={rules.where}
          description={rules.whereAbout}
          value={form.where}
          className="mono"
          onChange={(event) => change({ where: event.currentTarget.value })}
        />
        <MultiSelect
          label={rules.to}
          data={receivers}
          value={[...form.to]}
          onChange={(to) => change({ to })}
          error={fault('to', rules.toAbout)}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={rules.urgency}
            data={choices(urgencies)}
            value={form.urgency}
            allowDeselect={false}
            onChange={(urgency) => change({ urgency: urgency as RuleForm['urgency'] })}
          />
          <Select
            label={rules.group}
            data={choices(groupings)}
            value={form.group}
            allowDeselect={false}
            onChange={(group) => change({ group: group as RuleForm['group'] })}
          />
        </SimpleGrid>
        <Parties form={form} change={change} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Autocomplete
            label={rules.cooldown}
            data={GAPS}
            value={form.cooldown}
            onChange={(cooldown) => change({ cooldown })}
            error={fault('cooldown', rules.lengthAbout)}
          />
          <Autocomplete
            label={rules.remind}
            data={GAPS.slice(1)}
            value={form.remind}
            onChange={(remind) => change({ remind })}
            error={fault('remind', rules.lengthAbout)}
          />
          <Autocomplete
            label={rules.escalateAfter}
            data={GAPS.slice(1)}
            value={form.escalateAfter}
            onChange={(escalateAfter) => change({ escalateAfter })}
            error={fault('escalateAfter', rules.lengthAbout)}
          />
          <MultiSelect
            label={rules.escalateTo}
            data={receivers}
            value={[...form.escalateTo]}
            onChange={(escalateTo) => change({ escalateTo })}
            error={fault('escalateTo', rules.toAbout)}
          />
        </SimpleGrid>
        <Group>
          <Checkbox label={rules.drift} checked={form.drift} onChange={(event) => change({ drift: event.currentTarget.checked })} />
          <Checkbox label={rules.through} checked={form.through} onChange={(event) => change({ through: event.currentTarget.checked })} />
          <Checkbox
            label={rules.resolved}
            checked={form.resolved}
            onChange={(event) => change({ resolved: event.currentTarget.checked })}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** Whom it is about, and who has to be home or away. */
function Parties({ form, change }: Pick<Props, 'form' | 'change'>) {
  const { texts } = useLanguage();
  const { rules } = texts.alerts;
  const people = useQuery({
    queryKey: ['people.list'],
    queryFn: ({ signal }) => client.people.list(undefined, { signal }),
    meta: { follows: ['commits'] },
  });
  const groups = useQuery({
    queryKey: ['groups.list'],
    queryFn: ({ signal }) => client.groups.list(undefined, { signal }),
    meta: { follows: ['commits'] },
  });
  const parties = [...(people.data ?? []).map(({ name }) => name), ...(groups.data ?? []).map(({ name }) => `group:${name}`)];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {(['who', 'home', 'away'] as const).map((field) => (
        <TagsInput
          key={field}
          label={rules[field]}
          data={parties}
          value={[...form[field]]}
          onChange={(named) => change({ [field]: named })}
        />
      ))}
      <TagsInput label={rules.during} description={rules.duringAbout} value={[...form.during]} onChange={(during) => change({ during })} />
    </SimpleGrid>
  );
}

function useReceivers(everybody: string): { readonly value: string; readonly label: string }[] {
  const channels = useQuery({ queryKey: ['channels.list'], queryFn: ({ signal }) => client.channels.list(undefined, { signal }) });
  return [{ value: '*', label: everybody }, ...(channels.data ?? []).map(({ name }) => ({ value: name, label: name }))];
}
