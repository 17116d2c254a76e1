import type { ApprovalJson, ApprovedJson, DriftItemJson, DriftJson } from '../../contract/index.ts';
import { type ApprovalEntry, type Device, deviceName, entryOf, placeText } from '../../core/index.ts';
import type { Approved, DriftAnswer, StandingApproval } from '../../watch/index.ts';
import { instantToJson } from '../moment.ts';

/** How a device is called in a file: by what lasts longest. */
export function referenceOf({ id, macs, addresses, names }: Device): string {
  const last = addresses.toSorted((a, b) => b.seenAt - a.seenAt)[0];
  return macs[0]?.mac ?? last?.address ?? names[0]?.name ?? `#${id}`;
}

/** The entry that a file has of an approval; the device is called what it is called now. */
export function entryToJson({ approval, device }: StandingApproval): ApprovalEntry {
  const { subject } = approval;
  if (subject.kind !== 'device' || device === null) return entryOf(approval, subject.kind === 'device' ? `#${subject.device}` : '');
  return entryOf({ ...approval, subject: { ...subject, named: deviceName(device) } }, referenceOf(device));
}

export function approvalToJson(standing: StandingApproval): ApprovalJson {
  const { approval, inForce, device } = standing;
  const { id, at, revoked } = approval;
  return {
    ...entryToJson(standing),
    id,
    at: instantToJson(at),
    inForce,
    deviceId: device?.id ?? null,
    revoked: revoked && { at: instantToJson(revoked.at), by: revoked.by },
  };
}

export function approvedToJson({ leftOut, ...counts }: Approved): ApprovedJson {
  const { devices, services, portOnly, made, already, replaced, away } = counts;
  const told = leftOut.map(({ device, place, reason }) => ({
    device: device.id,
    name: deviceName(device),
    port: placeText(place),
    reason,
  }));
  return { devices, services, portOnly, made, already, replaced, away, leftOut: told };
}

export function driftToJson({ subject, at, begun, devices, asApproved, items, unknown }: DriftAnswer): DriftJson {
  return { subject, at: instantToJson(at), begun, devices, asApproved, items: items.map(itemToJson), unknown: unknown.map(itemToJson) };
}

function itemToJson({ kind, device, place, called, found, approved, reason, approval }: DriftAnswer['items'][number]): DriftItemJson {
  const { id, name, addresses, macs } = device;
  return {
    kind,
    device: { id, name, addresses: [...addresses], macs: [...macs] },
    port: place && { protocol: place.protocol, port: place.port },
    service: called,
    found,
    approved,
    reason,
    approval,
  };
}
