import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTexts } from '../../texts/language.tsx';
import { type Arrangement, COLUMNS, type ColumnId, moved, USUAL, widthOf, withColumn, withWidth } from './columns.ts';

interface Props {
  readonly arrangement: Arrangement;
  readonly arrange: (next: Arrangement) => void;
}

const STEP = 30;

/** Which columns there are, in which order, and how wide: all of it by keyboard too. */
export function ColumnMenu({ arrangement, arrange }: Props) {
  const { devices } = useTexts();
  const hidden = COLUMNS.map(({ id }) => id).filter((id) => !arrangement.shown.includes(id));
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="compact-md" leftSection={<IconColumns size={15} />}>
          {devices.arrange}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={devices.arrange}>
        <Stack gap={4} mah="60dvh" style={{ overflowY: 'auto' }}>
          {[...arrangement.shown, ...hidden].map((id) => (
            <Line key={id} id={id} arrangement={arrangement} arrange={arrange} />
          ))}
        </Stack>
        <Button mt="sm" size="compact-sm" variant="default" onClick={() => arrange(USUAL)}>
          {devices.usualColumns}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Line({ id, arrangement, arrange }: Props & { readonly id: ColumnId }) {
  const { devices } = useTexts();
  const name = devices.columns[id];
  const there = arrangement.shown.includes(id);
  const step = (by: number): void => arrange(withWidth(arrangement, id, widthOf(arrangement, id) + by));
  return (
    <Group gap={4} wrap="nowrap" justify="space-between">
      <Checkbox
        size="xs"
        label={name}
        checked={there}
        disabled={id === 'name'}
        onChange={(event) => arrange(withColumn(arrangement, id, event.currentTarget.checked))}
      />
      <Group gap={2} wrap="nowrap" style={{ visibility: there ? 'visible' : 'hidden' }}>
        <Step icon={IconArrowUp} label={devices.earlier(name)} onClick={() => arrange(moved(arrangement, id, -1))} />
        <Step icon={IconArrowDown} label={devices.later(name)} onClick={() => arrange(moved(arrangement, id, 1))} />
        <Step icon={IconMinus} label={devices.narrower(name)} onClick={() => step(-STEP)} />
        <Step icon={IconPlus} label={devices.wider(name)} onClick={() => step(STEP)} />
      </Group>
    </Group>
  );
}

interface StepProps {
  readonly icon: ComponentType<{ size?: number }>;
  readonly label: string;
  readonly onClick: () => void;
}

const Step = ({ icon: Icon, label, onClick }: StepProps) => (
  <ActionIcon size="sm" variant="subtle" aria-label={label} onClick={onClick}>
    <Icon size={14} />
  </ActionIcon>
);
