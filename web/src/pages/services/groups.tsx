import { Badge, Text } from '@mantine/core';
import type { CertificateGroupJson, PortGroupJson, ProductGroupJson } from '../../../../src/contract/index.ts';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import { endingOf } from './asked.ts';
import { Served } from './served.tsx';

export function PortGroup({ group }: { readonly group: PortGroupJson }) {
  const called = `${group.port}/${group.protocol}`;
  return (
    <Served group={group} called={called}>
      <span className="mono">{called}</span> {visible(group.name)}
    </Served>
  );
}

export function ProductGroup({ group }: { readonly group: ProductGroupJson }) {
  const { services } = useTexts();
  const { name, product, version } = group;
  const called = [product, version].filter((text) => text !== '').join(' ');
  return (
    <Served group={group} called={visible(called === '' ? name : called)}>
      {called === '' ? services.unknownProduct : visible(called)} <span className="quiet">{visible(name)}</span>
    </Served>
  );
}

export function CertificateGroup({ group }: { readonly group: CertificateGroupJson }) {
  const { services } = useTexts();
  const { certificate, selfSigned, daysLeft } = group;
  const { subject, issuer, notAfter, names, sha256 } = certificate;
  const ending = endingOf(daysLeft);
  return (
    <Served group={group} called={visible(subject)}>
      <span data-ending={ending}>{visible(subject)}</span>{' '}
      <Badge size="sm" color="red" variant={ending === 'over' || ending === 'soon' ? 'filled' : 'default'}>
        {services.ends(ending, daysLeft ?? 0)}
      </Badge>{' '}
      {notAfter !== null && <Instant at={notAfter} as="moment" />}
      <Text size="xs" className="quiet foreign">
        {selfSigned ? services.selfSigned : services.issuedBy(visible(issuer))} · {visible(names.join(', '))}
      </Text>
      <Text size="xs" className="quiet mono foreign">
        SHA-256 {sha256}
      </Text>
    </Served>
  );
}
