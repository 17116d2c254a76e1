import { Tabs } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Channels } from './channels/channels.tsx';
import { Mutes } from './mutes.tsx';
import { Outbox } from './outbox.tsx';
import { Rules } from './rules/rules.tsx';

const TABS = { rules: Rules, channels: Channels, outbox: Outbox, mutes: Mutes } as const;
const NAMES = Object.keys(TABS) as (keyof typeof TABS)[];

/** Who must hear of what, by which ways, and what was sent. */
export function Alerts() {
  const { alerts, shell } = useTexts();
  const [params, setParams] = useSearchParams();
  const tab = NAMES.find((name) => name === params.get('tab')) ?? 'rules';
  return (
    <>
      <PageTitle title={shell.pages.alerts} />
      <Tabs value={tab} onChange={(name) => setParams(name === 'rules' || name === null ? {} : { tab: name })} keepMounted={false}>
        <Tabs.List mb="md">
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {alerts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map((name) => {
          const Draw = TABS[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Draw />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
