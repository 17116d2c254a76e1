import { clueTexts } from './clue-texts.ts';
import type { Family } from './family.ts';

/** Services that devices announce by mDNS. What all of a kind announce (_http, _ssh) tells little, and little is said of it. */
export const MDNS_SERVICES: Family = {
  says: 'announces',
  of: clueTexts('mdns.service'),
  rules: [
    [/^_(?:ipps?|printer|pdl-datastream)\./, 'printer', 0.8],
    [/^_(?:scanner|uscans?)\./, 'printer', 0.6],
    [/^_googlecast\./, 'tv', 0.55],
    [/^_googlecast\./, 'speaker', 0.45],
    [/^_(?:androidtvremote2?|viziocast|roku-rcp|amzn-wplay|lg-smart-device|samsungmsf)\./, 'tv', 0.85],
    [/^_airplay\./, 'tv', 0.45],
    [/^_sonos\./, 'speaker', 0.95],
    [/^_(?:spotify-connect|raop|soundtouch|musc|linkplay|heos-audio)\./, 'speaker', 0.6],
    [/^_(?:amzn-alexa|bose-soundtouch)\./, 'speaker', 0.65],
    [/^_(?:axis-video|axis-nvr|psia|onvif)\./, 'camera', 0.92],
    [/^_rtsp\./, 'camera', 0.6],
    [/^_apple-mobdev2?\./, 'phone', 0.75],
    [/^_(?:adisk|readynas|qdiscover|syno\w*)\./, 'nas', 0.75],
    [/^_(?:afpovertcp|nfs)\./, 'nas', 0.4],
    [/^_nvstream\w*\./, 'desktop', 0.6],
    [/^_(?:rfb|rdp|workstation|eppc)\./, 'desktop', 0.4],
    [/^_(?:home-assistant|plexmediasvr|proxmox|mqtt|kubernetes|postgresql|jenkins)\./, 'server', 0.65],
    [/^_(?:hue|elg|nanoleafapi|nanoleafms|wled|lifx|leap|yeelight)\./, 'light', 0.85],
    [/^_(?:shelly|ewelink|tasmota|tplink-smarthome|wemo)\./, 'plug', 0.55],
    [/^_(?:esphomelib|ecobee|netatmo|tibber)\./, 'sensor', 0.55],
    [/^_(?:dyson_mqtt|360eye_mqtt|irobot\w*|miio|homeconnect|mieleathome|miele)\./, 'appliance', 0.75],
    [/^_(?:nintendo|ps4|xbox|ps-?remote)\w*\./, 'console', 0.85],
    [/^_(?:airport|ubnt|unifi-ap)\./, 'access-point', 0.75],
  ],
};
