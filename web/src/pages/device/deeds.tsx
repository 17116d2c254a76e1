import { Button, Group } from '@mantine/core';
import { IconBellOff, IconQuestionMark, IconRadar2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { useTexts } from '../../texts/language.tsx';
import { Forget } from './forget.tsx';
import { MuteIt } from './mute-it.tsx';
import { ScanNow } from './scan-now.tsx';
import { Wake } from './wake.tsx';
import { WhyDevice } from './why.tsx';

/** What can be done about a device. */
export function Deeds({ device }: { readonly device: DeviceJson }) {
  const { device: texts } = useTexts();
  const [deed, setDeed] = useState<'why' | 'scan' | 'mute' | 'forget' | null>(null);
  const close = (): void => setDeed(null);
  return (
    <Group gap="xs">
      <Button size="compact-md" leftSection={<IconRadar2 size={15} />} onClick={() => setDeed('scan')}>
        {texts.scan.button}
      </Button>
      <Wake device={device} />
      <Button size="compact-md" variant="default" leftSection={<IconQuestionMark size={15} />} onClick={() => setDeed('why')}>
        {texts.why.button}
      </Button>
      <Button size="compact-md" variant="default" leftSection={<IconBellOff size={15} />} onClick={() => setDeed('mute')}>
        {texts.mute.button}
      </Button>
      <Button size="compact-md" variant="default" leftSection={<IconTrash size={15} />} onClick={() => setDeed('forget')}>
        {texts.forget.button}
      </Button>
      {deed === 'why' && <WhyDevice id={device.id} close={close} />}
      {deed === 'scan' && <ScanNow device={device} close={close} />}
      {deed === 'mute' && <MuteIt device={device} close={close} />}
      {deed === 'forget' && <Forget device={device} close={close} />}
    </Group>
  );
}
