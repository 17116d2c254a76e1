import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import { calledOf } from './called-of.ts';
import { useEdit } from './use-device.ts';

/** Longest name that is a title; all of it stands below, with its source. */
const LONGEST = 120;

/** Who it is, in a few words. */
export function Head({ device }: { readonly device: DeviceJson }) {
  const { words, device: texts } = useTexts();
  const { presence, owner, groups, tags, importance, addresses, vendor, randomizedMac, lastSeen } = device;
  const called = calledOf(device, words.nameless);
  return (
    <Stack gap={4}>
      <div className="foreign">
        <PageTitle title={visible(called.length > LONGEST ? `${called.slice(0, LONGEST)}…` : called)} />
      </div>
      <Group gap="xs">
        <PresenceMark presence={presence} silent />
        <Text fw={600} data-presence={presence}>
          {words.presence[presence]} <Since id={device.id} presence={presence} />
        </Text>
        <Text size="sm" className="quiet">
          {words.lastSeen}: <Instant at={lastSeen} />
        </Text>
      </Group>
      <Kind device={device} />
      <Group gap="xs">
        {importance !== 'normal' && <Badge variant="default">{`${words.importance}: ${words.importances[importance]}`}</Badge>}
        {owner !== null && <Labelled label={words.owner} text={owner} />}
        {groups.length > 0 && <Labelled label={words.groups} text={groups.join(', ')} />}
        {tags.length > 0 && <Labelled label={words.tags} text={tags.join(', ')} />}
        {addresses.length > 0 && <Labelled label={words.addresses} text={addresses.slice(0, 8).join(', ')} />}
        {vendor !== null && <Labelled label={words.vendor} text={vendor} />}
        {randomizedMac && (
          <Text size="sm" className="quiet">
            {texts.randomized}
          </Text>
        )}
      </Group>
      {device.harmed !== null && <Harmed device={device} />}
    </Stack>
  );
}

const Labelled = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <Text size="sm" className="foreign">
    <span className="quiet">{label}:</span> {visible(text)}
  </Text>
);

/** What it is, by whose word, and why. */
function Kind({ device: { type, typeGuess, typeBy } }: { readonly device: DeviceJson }) {
  const { device, words } = useTexts();
  if (type === null) return null;
  const reason = typeBy === 'person' ? device.said : typeGuess ? device.guess(typeGuess.confidence, visible(typeGuess.reason)) : '';
  return (
    <Text size="sm" className="foreign">
      <span className="quiet">{words.type}:</span> {type} <span className="quiet">· {reason}</span>
    </Text>
  );
}

/** Since when it is so. */
function Since({ id, presence }: { readonly id: number; readonly presence: DeviceJson['presence'] }) {
  const { words } = useTexts();
  const { data } = useQuery({
    queryKey: ['presence.who', id, presence],
    queryFn: ({ signal }) => client.presence.who({ presence, filter: `id:${id}` }, { signal }),
    meta: { follows: ['commits'] },
  });
  const since = data?.find((one) => one.id === id)?.since;
  return since ? (
    <Text span size="sm" className="quiet" fw={400}>
      {words.since} <Instant at={since} as="moment" />
    </Text>
  ) : null;
}

function Harmed({ device }: { readonly device: DeviceJson }) {
  const { device: texts } = useTexts();
  const edit = useEdit(device);
  return (
    <Alert color="red" variant="default" title={texts.harmed}>
      <Button size="compact-sm" variant="default" loading={edit.isPending} onClick={() => edit.mutate({ harmed: null })}>
        {texts.release}
      </Button>
      {edit.error && <Failure failure={edit.error} />}
    </Alert>
  );
}
