import { ActionIcon, Combobox, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { completion } from './asked.ts';
import { completed } from './completed.ts';
import classes from './devices.module.css';
import { FilterFault } from './told-fault.tsx';

interface Props {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly failure: unknown;
}

/** Where a filter is written: how it may go on, and what is wrong with it. */
export function FilterBox({ filter, onFilter, failure }: Props) {
  const { devices } = useTexts();
  const [text, setText] = useState(filter);
  const [told, setTold] = useState(filter);
  const [cursor, setCursor] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const faultId = useId();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['devices.complete', text, cursor],
    queryFn: ({ signal }) => completion(text, cursor ?? text.length, signal),
    enabled: cursor !== null && combobox.dropdownOpened,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  });
  const choices = data?.choices ?? [];
  // The address changed by itself: by the way back, or a view that was picked.
  if (filter !== told) {
    setTold(filter);
    setText(filter);
  }
  const write = (next: string, at: number): void => {
    setText(next);
    setTold(next);
    setCursor(at);
    onFilter(next);
  };
  const take = (index: number): void => {
    const choice = choices[index];
    // Choices for what was typed before would be put in the wrong place.
    if (!data || !choice || isPlaceholderData) return;
    const next = completed(text, data, choice);
    write(next.text, next.cursor);
    combobox.resetSelectedOption();
    if (choice.count !== null) combobox.closeDropdown();
    requestAnimationFrame(() => input.current?.setSelectionRange(next.cursor, next.cursor));
  };
  const failed = failure !== null && failure !== undefined;
  return (
    <div>
      <Combobox store={combobox} onOptionSubmit={(value) => take(Number(value))} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            ref={input}
            aria-label={devices.filter}
            aria-invalid={failed || undefined}
            aria-describedby={failed ? faultId : undefined}
            placeholder={devices.filterHint}
            leftSection={<IconFilter size={16} />}
            rightSection={
              text !== '' && (
                <ActionIcon variant="subtle" size="sm" aria-label={devices.clear} onClick={() => write('', 0)}>
                  <IconX size={14} />
                </ActionIcon>
              )
            }
            value={text}
            maxLength={1000}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              write(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
            onClick={() => combobox.openDropdown()}
            onKeyDown={(event) => event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0 && combobox.closeDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={choices.length === 0}>
          <Combobox.Options aria-label={devices.choices} aria-busy={isPlaceholderData}>
            <ScrollArea.Autosize mah={260} type="scroll">
              {choices.map(({ label, insert, about }, i) => (
                <Combobox.Option key={insert} value={String(i)} className={classes.choice}>
                  <span className="foreign mono">{visible(label.slice(0, 120))}</span>
                  <Text size="xs" span className="quiet">
                    {visible(about)}
                  </Text>
                </Combobox.Option>
              ))}
            </ScrollArea.Autosize>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {failed && <FilterFault id={faultId} failure={failure} />}
    </div>
  );
}
