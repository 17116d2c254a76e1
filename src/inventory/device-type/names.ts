import type { Family } from './family.ts';

/** Names, of whatever source: what devices are called by their makers, and by most people. */
export const NAMES: Family = {
  says: 'is called',
  of: ({ names }) => names.map(({ name }) => name),
  rules: [
    [/iphone/i, 'phone', 0.9],
    [/\bandroid-[0-9a-f]{8,}/i, 'phone', 0.7],
    [/\bgalaxy-?(?:s|a|z|note|m)\d*|\bpixel-?\d|oneplus|\bredmi|\bpoco-|fairphone|\bhuawei[-_]p\d|\bxperia/i, 'phone', 0.8],
    [/\bipad|galaxy-?tab|\bmatepad|\bsurface-?go|\blenovo-?tab/i, 'tablet', 0.88],
    [/apple-?watch|galaxy-?watch|pixel-?watch/i, 'watch', 0.92],
    [/macbook|chromebook|thinkpad|elitebook|probook|zenbook|ideapad|\bxps-?1[35]|\blatitude|\blaptop|notebook/i, 'laptop', 0.85],
    [/\bimac|mac-?mini|mac-?studio|mac-?pro(?!book)/i, 'desktop', 0.9],
    [/^desktop-[a-z0-9]{7}\b/i, 'desktop', 0.6],
    [/^npi[0-9a-f]{6}\b|^br[wn][0-9a-f]{12}\b|^epson[0-9a-f]{6}|^canon[0-9a-f]{6}|^hp[0-9a-f]{6}\b|^lxk/i, 'printer', 0.93],
    [/printer|laserjet|officejet|pixma|drucker/i, 'printer', 0.8],
    [/diskstation|synology|\bqnap|truenas|freenas|unraid|openmediavault|readynas|\bnas\b|^nas\d/i, 'nas', 0.8],
    [/chromecast|apple-?tv|fire-?tv|bravia|webos-?tv|smart-?tv|\broku|\btv\b|shield-?tv/i, 'tv', 0.82],
    [/homepod|\bsonos|google-?home|nest-?(?:mini|audio)|\becho-|\balexa|soundbar/i, 'speaker', 0.82],
    [/playstation|\bps[45]\b|xbox|nintendo|steam-?deck/i, 'console', 0.9],
    [/ip-?cam|\bipc[-_]|camera|doorbell|\bkamera/i, 'camera', 0.75],
    [/\bwled|\blifx|yeelink-light|hue-?bridge|philips-?hue|\bbulb|\blamp/i, 'light', 0.8],
    [/plug|\bhs1[01]\d\b|\bkp1\d\d\b|steckdose/i, 'plug', 0.75],
    [/^(?:shelly|tasmota|sonoff)/i, 'plug', 0.45],
    [/^esp[-_]?[0-9a-f]{6}|sensor|thermostat/i, 'sensor', 0.5],
    [/roomba|irobot|roborock|vacuum|dishwasher|washer|fridge|\boven\b/i, 'appliance', 0.82],
    [/fritz-?box|fritz\.box|openwrt|opnsense|pfsense|mikrotik|speedport|livebox|\brouter|\bgateway|^udm|^_gateway/i, 'router', 0.72],
    [/\b(?:ap|uap|wap)-?\d*\b|access-?point|\bu6-|eap\d{3}/i, 'access-point', 0.55],
    [/\bsw\d+\b|\bswitch\b|\busw-/i, 'switch', 0.5],
    [/raspberry|\brpi\d?\b|\bserver|\bsrv\d*\b|proxmox|\bpve\d*\b|\besxi|docker|k8s|\bkube/i, 'server', 0.6],
  ],
};
