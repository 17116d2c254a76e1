import { clueTexts } from './clue-texts.ts';
import type { Family } from './family.ts';

/** What network equipment says of itself by LLDP or CDP. */
export const LLDP: Family = {
  says: 'is by LLDP',
  of: clueTexts('lldp.system'),
  rules: [
    [/\bphone\b|yealink|polycom|snom/i, 'other', 0.85],
    [/switch|catalyst|procurve|nexus|\busw\b|edgeswitch|\bcrs\d|\bws-c\d/i, 'switch', 0.9],
    [/access point|\buap\b|\bu[67]-|\beap\d{3}|aruba.*ap|air-[ac]ap|\bmr\d{2}\b/i, 'access-point', 0.9],
    [/router|routeros|edgeos|vyos|junos|fritz|\bisr\b|opnsense|pfsense/i, 'router', 0.8],
    [/camera|axis/i, 'camera', 0.85],
    [/esxi|proxmox|windows server|ubuntu|debian|red hat|\blinux\b/i, 'server', 0.45],
    [/printer|laserjet/i, 'printer', 0.9],
  ],
};
