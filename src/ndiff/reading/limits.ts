import type { Limits } from '../../nmap-xml/index.ts';

/** Ndiff has no limits but memory. These are only there so that none can be used up by one tag. */
export const NDIFF_LIMITS: Limits = {
  depth: 2 ** 16,
  attributes: 2 ** 12,
  attributeBytes: 2 ** 28,
  unitBytes: 2 ** 28,
  names: 2 ** 16,
  nameBytes: 2 ** 16,
};
