import { type CertificateGroupJson, MOST_PLACES, type PortGroupJson, type ServicesJson } from '../../contract/index.ts';
import type { Device, Instant, Millis } from '../../core/index.ts';
import {
  type CertificateGroup,
  type ServicePlace,
  servicesByCertificate,
  servicesByPort,
  servicesByProduct,
} from '../../inventory/index.ts';
import { chosenAmong } from '../chosen.ts';
import { instantOrNull, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

const DAY: Millis = 86_400_000;

export const serviceHandlers = () => ({
  list: operations.services.list.handler(async ({ context, input: { by, filter, at, limit } }): Promise<ServicesJson> => {
    const now = nowOf(context);
    const moment = at === undefined ? null : readMoment(at, now);
    const view = moment === null ? context.keeper.roll() : await context.keeper.rollAt(moment);
    const devices = await chosenAmong(context, view.devices, { filter, at: moment });
    return told(devices, { by, at: moment, now: moment ?? now, limit });
  }),
});

interface Wish {
  readonly by: ServicesJson['by'];
  /** null: now. */
  readonly at: Instant | null;
  readonly now: Instant;
  readonly limit: number;
}

function told(devices: readonly Device[], { by, at, now, limit }: Wish): ServicesJson {
  const frame = { at: instantOrNull(at) };
  if (by === 'port') {
    const all = servicesByPort(devices);
    return { by, ...frame, total: all.length, groups: all.slice(0, limit).map((group) => ({ ...group, ...whereOf(group) })) };
  }
  if (by === 'product') {
    const all = servicesByProduct(devices);
    return { by, ...frame, total: all.length, groups: all.slice(0, limit).map((group) => ({ ...group, ...whereOf(group) })) };
  }
  const all = servicesByCertificate(devices, now);
  return { by, ...frame, total: all.length, groups: all.slice(0, limit).map(certificateToJson) };
}

function certificateToJson({ certificate, left, ...group }: CertificateGroup): CertificateGroupJson {
  return {
    certificate: { ...certificate, names: [...certificate.names] },
    selfSigned: certificate.issuer === certificate.subject,
    daysLeft: left === null ? null : Math.floor(left / DAY),
    ...whereOf(group),
  };
}

interface Group {
  readonly places: readonly ServicePlace[];
  readonly filter: string;
}

function whereOf({ places, filter }: Group): Pick<PortGroupJson, 'count' | 'devices' | 'places' | 'filter'> {
  return {
    count: places.length,
    devices: new Set(places.map(({ device }) => device)).size,
    places: places.slice(0, MOST_PLACES).map((place) => ({ ...place })),
    filter,
  };
}
