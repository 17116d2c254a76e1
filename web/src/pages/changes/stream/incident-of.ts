import type { ChangeJson, IncidentJson } from '../../../../../src/contract/index.ts';

/** The open incident a change belongs to, as far as its device and number say so. */
export function incidentOf({ seq, device }: ChangeJson, incidents: readonly IncidentJson[]): IncidentJson | undefined {
  if (device === null) return undefined;
  const own = `device:${device.id}`;
  const isAbout = ({ key }: { readonly key: string }): boolean => key === own || key.startsWith(`${own}:`);
  return incidents.find(({ firstSeq, lastSeq, subjects }) => seq >= firstSeq && seq <= lastSeq && subjects.some(isAbout));
}
