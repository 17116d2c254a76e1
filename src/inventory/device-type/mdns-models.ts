import { clueTexts } from './clue-texts.ts';
import type { Family } from './family.ts';

/** Models that devices announce by mDNS ("md", "am", "model", "ty" of their TXT records). */
export const MDNS_MODELS: Family = {
  says: 'is by mDNS a',
  of: clueTexts('mdns.model'),
  rules: [
    [/^(?:iPhone|iPod)\d/i, 'phone', 0.97],
    [/^iPad\d/i, 'tablet', 0.97],
    [/^Watch\d/i, 'watch', 0.97],
    [/^AppleTV/i, 'tv', 0.97],
    [/^AudioAccessory\d/i, 'speaker', 0.97],
    [/^MacBook/i, 'laptop', 0.97],
    [/^(?:iMac|Macmini|MacPro)/i, 'desktop', 0.95],
    // Apple silicon no longer says what it is in: most are laptops.
    [/^Mac\d+,\d+$/i, 'laptop', 0.45],
    // What Samba and netatalk say of file servers.
    [/^(?:RackMac|Xserve|TimeCapsule)/i, 'nas', 0.75],
    [/^AirPort/i, 'access-point', 0.9],
    [/^Chromecast|^Google TV|\bBRAVIA\b|\bwebOS\b|^Roku|^AFT[A-Z0-9]+$|\bSHIELD\b|Smart TV/i, 'tv', 0.92],
    [/^(?:Google Home|Google Nest|Nest) ?(?:Mini|Audio|Max|Hub)?|^Sonos|^HomePod|SoundTouch|\bSoundbar\b/i, 'speaker', 0.85],
    [
      /LaserJet|OfficeJet|DeskJet|PhotoSmart|\bENVY\b|PIXMA|imageRUNNER|ECOSYS|WorkForce|\b[HM]L-[LJ]?\d{3,4}|\bMFC-|\bDCP-/i,
      'printer',
      0.95,
    ],
    [/\b(?:ET|XP)-\d{3,4}\b|\bSCX-|\bCLX-|Phaser|WorkCentre|VersaLink|\bTASKalfa\b|\bbizhub\b/i, 'printer', 0.9],
    [/^(?:DS|RS)\d{3,4}(?:\+|xs|play|j|slim)?$|DiskStation|^TS-\d{3}|^TVS-|ReadyNAS|My ?Cloud/i, 'nas', 0.95],
    [/Hue Bridge|^BSB00\d|^LCT\d{3}|Nanoleaf|^NL\d{2}$|\bLIFX\b|^Elgato Key Light|^WLED/i, 'light', 0.85],
    [/^(?:HS1\d\d|KP1\d\d|EP\d{2}|P1[01]\d)\b|^SHPLG|Shelly ?Plug|^Eve Energy|Smart Plug/i, 'plug', 0.92],
    [/^(?:LB1\d\d|KL\d{3}|L5[13]0|L9[0-9]0)\b/i, 'light', 0.9],
    [/\b(?:IP|Network) ?Camera\b|\bDoorbell\b|^Arlo|^DS-2CD|^IPC-H/i, 'camera', 0.93],
    [/thermostat|^ecobee|^Eve (?:Room|Weather|Motion|Door)/i, 'sensor', 0.85],
  ],
};
