import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useLanguage } from '../texts/language.tsx';
import { LANGUAGES, NAMES_OF_LANGUAGES } from '../texts/texts.ts';

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** Colours and language, as this browser likes them. */
export function Preferences() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, texts, speak } = useLanguage();
  const { scheme, language: languageLabel } = texts.shell;
  const Current = SCHEMES[colorScheme];
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={scheme.label}>
            <Current size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(['light', 'dark', 'auto'] as const).map((one) => (
            <Menu.Item key={one} onClick={() => setColorScheme(one)} rightSection={one === colorScheme && <IconCheck size={14} />}>
              {scheme[one]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={languageLabel}>
            <IconLanguage size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {LANGUAGES.map((one) => (
            <Menu.Item key={one} lang={one} onClick={() => speak(one)} rightSection={one === language && <IconCheck size={14} />}>
              {NAMES_OF_LANGUAGES[one]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
