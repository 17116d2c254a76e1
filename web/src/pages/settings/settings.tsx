import { Tabs } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Access } from './access.tsx';
import { Networks } from './networks.tsx';
import { People } from './people.tsx';
import { Upkeep } from './upkeep.tsx';

const TABS = { networks: Networks, people: People, access: Access, upkeep: Upkeep } as const;
const NAMES = Object.keys(TABS) as (keyof typeof TABS)[];

/** What is watched, who is who, and how Rollcall itself is. */
export function Settings() {
  const { settings, shell } = useTexts();
  const [params, setParams] = useSearchParams();
  const tab = NAMES.find((name) => name === params.get('tab')) ?? 'networks';
  return (
    <>
      <PageTitle title={shell.pages.settings} />
      <Tabs value={tab} onChange={(name) => setParams(name === null || name === 'networks' ? {} : { tab: name })} keepMounted={false}>
        <Tabs.List mb="md">
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {settings.tabs[name]}
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
