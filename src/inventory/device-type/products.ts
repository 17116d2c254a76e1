import type { Family } from './family.ts';

/** Products that answered on open ports when a scan asked what they are. */
export const PRODUCTS: Family = {
  says: 'serves',
  of: ({ ports }) =>
    ports.flatMap(({ state, service }) =>
      state === 'open' && service?.method === 'probed' && service.product !== '' ? [service.product] : [],
    ),
  rules: [
    [/jetdirect|printer|laserjet|officejet|\bcups\b.*printer|debut embedded|virata-emweb/i, 'printer', 0.85],
    [/hikvision|dahua|\baxis\b.*(?:camera|http)|ip ?cam|netwave|foscam|\brtsp\b/i, 'camera', 0.8],
    [/synology|qnap|readynas|netatalk|freenas|truenas/i, 'nas', 0.8],
    [/routeros|mikrotik|openwrt|\bluci\b|dd-wrt|fritz!?box|pfsense|opnsense|\bvyos\b|miniupnpd/i, 'router', 0.8],
    [/roku|chromecast|\bwebos\b|samsung.*tv|bravia|apple ?tv/i, 'tv', 0.85],
    [/sonos/i, 'speaker', 0.9],
    [/philips hue|yeelight|\bwled\b/i, 'light', 0.85],
    [/tuya|\bkasa\b|shelly|tasmota/i, 'plug', 0.6],
    [/esphome/i, 'sensor', 0.65],
    [/home assistant|proxmox|vmware esxi|plex media|kubernetes|postgresql|mysql|mariadb|redis|mongodb|elasticsearch/i, 'server', 0.7],
    [/microsoft terminal services/i, 'desktop', 0.4],
    [/unifi|\buap\b|aruba.*(?:ap|instant)/i, 'access-point', 0.5],
    [/(?:cisco|procurve|netgear).*switch|switch.*(?:http|telnet)/i, 'switch', 0.75],
  ],
};
