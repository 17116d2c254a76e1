import { Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { DeviceJson, PortJson, SpanJson } from '../../../../src/contract/index.ts';
import { Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import { Approval } from './approval.tsx';
import { type Standing, standingOf } from './approved.ts';
import { calledOf } from './called-of.ts';
import classes from './device.module.css';
import { historiesOf, placeOf, saidBy } from './histories.ts';
import { SpanLines } from './span-lines.tsx';
import { useStanding } from './use-standing.ts';

/** Until it is known, and when it cannot be: what is open is shown all the same. */
const UNKNOWN = standingOf(0, [], []);

/** What it serves, what it served, and what of it is approved. */
export function Services({ device, spans }: { readonly device: DeviceJson; readonly spans: readonly SpanJson[] }) {
  const { device: texts, words } = useTexts();
  const standing = useStanding(device.id);
  const stand = standing.data ?? UNKNOWN;
  const now = new Set(device.ports.map(({ protocol, port }) => `${protocol}/${port}`));
  const gone = historiesOf(spans, 'port').filter(
    ({ key, spans: some }) => !now.has(key) && some.some(({ value }) => value.startsWith('open')),
  );
  return (
    <Section title={texts.services.title}>
      {standing.error && <Failure failure={standing.error} again={() => void standing.refetch()} />}
      <Approval
        id={device.id}
        what={visible(calledOf(device, words.nameless).slice(0, 80))}
        place={null}
        approval={stand.device}
        drift={stand.drift.get('') ?? null}
      />
      {device.ports.length === 0 ? (
        <Empty text={texts.services.none} />
      ) : (
        <ul className={classes.lines}>
          {device.ports.map((port) => (
            <li key={`${port.protocol}/${port.port}`} className={classes.port}>
              <Port id={device.id} port={port} spans={spans} stand={stand} />
            </li>
          ))}
        </ul>
      )}
      {gone.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="md">
            {texts.services.once}
          </Text>
          {gone.slice(0, 50).map(({ key, spans: some }) => (
            <SpanLines key={key} title={placeOf(key)} spans={some} say={saidBy} />
          ))}
        </>
      )}
    </Section>
  );
}

interface PortProps {
  readonly id: number;
  readonly port: PortJson;
  readonly spans: readonly SpanJson[];
  readonly stand: Standing;
}

function Port({ id, port, spans, stand }: PortProps) {
  const { services } = useTexts().device;
  const [open, { toggle }] = useDisclosure();
  const key = `${port.protocol}/${port.port}`;
  const place = placeOf(key);
  const told = (kind: SpanJson['kind']) =>
    spans.filter((span) => span.kind === kind && span.key === key).toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return (
    <div data-port={place}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text size="sm" className="foreign">
            <b>{place}</b> {port.state !== 'open' && port.state} <Served port={port} />
          </Text>
          <Shown port={port} />
        </div>
        <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={open} aria-label={`${services.history} ${place}`}>
          {services.history}
        </Button>
      </Group>
      {port.state === 'open' && (
        <Approval id={id} what={place} place={place} approval={stand.services.get(place) ?? null} drift={stand.drift.get(place) ?? null} />
      )}
      <Collapse expanded={open}>
        {open && (
          <>
            <SpanLines title={services.service} spans={told('port')} say={saidBy} />
            <SpanLines title={services.certificate} spans={told('serving')} say={saidBy} />
          </>
        )}
      </Collapse>
    </div>
  );
}

function Served({ port: { service } }: { readonly port: PortJson }) {
  const { services } = useTexts().device;
  if (service === null) return null;
  const { name, product, version, extra, tunnel, method } = service;
  const words = [tunnel === 'ssl' ? `TLS ${name}` : name, product, version, extra].filter((word) => word !== '');
  return (
    <>
      {visible(words.join(' '))} {method === 'table' && <span className="quiet">({services.guessed})</span>}
    </>
  );
}

/** Who a service showed itself to be. */
function Shown({ port: { serving, checkedAt } }: { readonly port: PortJson }) {
  const { services } = useTexts().device;
  const certificate = serving?.certificate ?? null;
  return (
    <Text size="xs" className="quiet foreign" component="div">
      {checkedAt !== undefined && (
        <div>
          {services.checked}: <Instant at={checkedAt} />
        </div>
      )}
      {typeof serving?.httpTitle === 'string' && <div>{visible(serving.httpTitle)}</div>}
      {certificate !== null && (
        <div>
          {services.certificate}: {visible(certificate.subject || certificate.names[0] || certificate.sha256)},{' '}
          {services.issuedBy(visible(certificate.issuer))}
          {certificate.notAfter !== null && (
            <>
              , {services.ends} <Instant at={certificate.notAfter} as="moment" />
            </>
          )}
        </div>
      )}
      {serving?.sshKeys.map(({ type, hash }) => (
        <div key={hash} className="mono">
          {visible(`${type} ${hash}`)}
        </div>
      ))}
    </Text>
  );
}
