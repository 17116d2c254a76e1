import type { Family } from './family.ts';

/** Operating systems as scans guess them. */
export const SYSTEMS: Family = {
  says: 'seems to run',
  of: ({ os }) => (os === null ? [] : [os]),
  rules: [
    [/windows server/i, 'server', 0.7],
    [/windows (?:xp|vista|7|8|10|11)/i, 'desktop', 0.45],
    [/mac ?os|os x/i, 'laptop', 0.35],
    [/\bios\b(?! xe)|iphone os/i, 'phone', 0.4],
    [/android/i, 'phone', 0.45],
    [/printer|jetdirect/i, 'printer', 0.75],
    [/routeros|openwrt|dd-wrt|router|fritz/i, 'router', 0.6],
    [/\bdsm\b|synology|qnap|freenas/i, 'nas', 0.75],
    [/esxi|proxmox/i, 'server', 0.75],
    [/playstation|xbox|nintendo/i, 'console', 0.85],
    [/webcam|ip camera/i, 'camera', 0.7],
    [/switch/i, 'switch', 0.5],
    [/\bwap\b|access point/i, 'access-point', 0.6],
  ],
};
