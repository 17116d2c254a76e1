import type { ApprovalJson, DriftItemJson } from '../../../../src/contract/index.ts';

/** How a device stands to what was approved. */
export interface Standing {
  /** The device itself; null: nobody approved it. */
  readonly device: ApprovalJson | null;
  /** Its services, by place as "22/tcp". */
  readonly services: ReadonlyMap<string, ApprovalJson>;
  /** What differs, by place; the device itself by ''. */
  readonly drift: ReadonlyMap<string, DriftItemJson>;
}

export function standingOf(id: number, approvals: readonly ApprovalJson[], drift: readonly DriftItemJson[]): Standing {
  const own = approvals.filter(({ deviceId, inForce }) => deviceId === id && inForce);
  return {
    device: own.find(({ port }) => port === undefined) ?? null,
    services: new Map(own.flatMap((one) => (one.port === undefined ? [] : [[one.port, one]]))),
    drift: new Map(
      drift.filter(({ device }) => device.id === id).map((item) => [item.port ? `${item.port.port}/${item.port.protocol}` : '', item]),
    ),
  };
}

/** Whether there is anything that the device could differ from: where there is nothing, asking how it differs is refused. */
export const isJudged = (id: number, approvals: readonly ApprovalJson[]): boolean =>
  approvals.some(({ deviceId, inForce, group, everywhere }) => inForce && (deviceId === id || group !== undefined || everywhere === true));

/** An approval as it is said: without what became of it. */
export function entryOf({ id: _id, at: _at, inForce: _inForce, deviceId: _deviceId, revoked: _revoked, ...entry }: ApprovalJson) {
  return entry;
}
