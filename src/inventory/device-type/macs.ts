import type { Family } from './family.ts';

/** Hardware addresses that software makes up: no registry knows them. */
export const MACS: Family = {
  says: 'has the hardware address',
  of: ({ macs }) => macs.map(({ mac }) => mac),
  rules: [
    [/^02:42:(?:ac|0a):/, 'container', 0.75], // Docker, by the address inside
    [/^52:54:00:/, 'vm', 0.75], // QEMU
    [/^00:15:5d:/, 'vm', 0.75], // Hyper-V
    [/^00:16:3e:/, 'vm', 0.7], // Xen
    [/^(?:08:00:27|0a:00:27):/, 'vm', 0.75], // VirtualBox
  ],
};
