import { Group, Text } from '@mantine/core';
import type { ChangeJson } from '../../../src/contract/index.ts';
import { useLanguage } from '../texts/language.tsx';
import { Instant } from '../times/instant.tsx';
import { aboutOf } from './change-about.ts';
import { DeviceLink } from './device-link.tsx';

/** A change in one line: when, who, what, and the part of it that differs. */
export function ChangeLine({ change, when = 'hour' }: { readonly change: ChangeJson; readonly when?: 'hour' | 'moment' | 'ago' }) {
  const { locale, texts } = useLanguage();
  const about = aboutOf(change, locale);
  return (
    <Group gap="xs" wrap="nowrap" align="baseline">
      <Text size="xs" className="quiet" style={{ flex: 'none' }}>
        <Instant at={change.at} as={when} />
      </Text>
      <Text size="sm" style={{ minWidth: 0 }}>
        {change.device && <DeviceLink device={change.device} />} {texts.kinds[change.kind]}
        {about !== '' && (
          <Text span size="sm" className="foreign quiet">
            {' '}
            {about}
          </Text>
        )}
      </Text>
    </Group>
  );
}
