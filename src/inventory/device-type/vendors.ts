import type { Family } from './family.ts';

/** Makers of network cards. A maker of many kinds of things says little. */
export const VENDORS: Family = {
  says: 'its card is made by',
  of: ({ macs }) => macs.flatMap(({ vendor }) => vendor ?? []),
  rules: [
    [/synology|qnap|asustor|terramaster|western digital|buffalo/i, 'nas', 0.8],
    [/hikvision|dahua|axis communications|reolink|amcrest|foscam|vivotek|hanwha|mobotix|\barlo\b|\bwyze\b|^ring\b|ezviz/i, 'camera', 0.8],
    [/^sonos|^bose|bang & olufsen|^denon|harman|^devialet|libratone|sennheiser/i, 'speaker', 0.8],
    [/nintendo|sony interactive/i, 'console', 0.95],
    [/signify|philips lighting|^lifx|yeelight|yeelink|nanoleaf|elgato/i, 'light', 0.75],
    [/allterco|shelly|belkin|itead|sonoff/i, 'plug', 0.5],
    [/espressif/i, 'sensor', 0.3],
    [/tuya/i, 'plug', 0.4],
    [/^roku|vizio|hisense|tcl king|skyworth|^tp vision/i, 'tv', 0.65],
    [/brother industries|seiko epson|lexmark|xerox|kyocera|ricoh|konica|oki electric|^canon|zebra tech/i, 'printer', 0.65],
    [/vmware|qemu|xensource|proxmox|pcs systemtechnik|parallels|oracle virtualbox|nutanix/i, 'vm', 0.8],
    [/routerboard|mikrotik|^avm\b|teltonika|draytek|netgate|peplink/i, 'router', 0.65],
    [/ubiquiti|ruckus|aruba|aerohive|cambium|meraki/i, 'access-point', 0.45],
    [/tp-?link|d-link|^netgear|zyxel|asustek|linksys|arcadyan|sagemcom|technicolor|^arris/i, 'router', 0.3],
    [/juniper|arista|extreme networks|^cisco systems|brocade/i, 'switch', 0.4],
    [/raspberry pi/i, 'server', 0.4],
    [/super ?micro|inspur|quanta cloud|ampere comp/i, 'server', 0.65],
    [/irobot|^dyson|roborock|dreame|ecovacs|miele|bsh hausger|whirlpool|electrolux|vorwerk|tesla/i, 'appliance', 0.85],
    [/ecobee|netatmo|nest labs|tado|withings|davis instr|sensirion/i, 'sensor', 0.6],
    [/garmin|fitbit|polar electro|suunto/i, 'watch', 0.6],
    [/oneplus|fairphone|guangdong oppo|^vivo mobile|motorola mobility|xiaomi commun|^hmd\b/i, 'phone', 0.6],
    [/amazon tech/i, 'speaker', 0.35],
  ],
};
