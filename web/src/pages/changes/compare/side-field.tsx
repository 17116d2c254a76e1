import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/language.tsx';
import { momentOf, toField } from '../past/moment.ts';
import { type Side, WAYS, type Way } from './side.ts';

interface Props {
  readonly label: string;
  readonly side: Side;
  readonly onSay: (side: Side) => void;
}

/** Names one side of a comparison. */
export function SideField({ label, side, onSay }: Props) {
  const { changes } = useTexts();
  return (
    <Group gap="xs" align="flex-end" role="group" aria-label={label}>
      <NativeSelect
        label={label}
        value={side.way}
        onChange={(event) => onSay({ ...side, way: event.currentTarget.value as Way })}
        data={WAYS.map((way) => ({ value: way, label: changes.ways[way] }))}
      />
      {side.way === 'moment' && (
        <TextInput
          type="datetime-local"
          step={1}
          label={changes.moment}
          value={side.at === null ? '' : toField(side.at)}
          onChange={(event) => onSay({ ...side, at: momentOf(event.currentTarget.value) })}
        />
      )}
      {side.way === 'scan' && (
        <NumberInput
          label={changes.scanNumber}
          min={1}
          allowDecimal={false}
          value={side.scan ?? ''}
          onChange={(number) => onSay({ ...side, scan: typeof number === 'number' ? number : null })}
          w={140}
        />
      )}
    </Group>
  );
}
