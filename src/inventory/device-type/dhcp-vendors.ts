import { clueTexts } from './clue-texts.ts';
import type { Family } from './family.ts';

/** Vendor classes (option 60) of DHCP requests. */
export const DHCP_VENDORS: Family = {
  says: 'asks by DHCP as',
  of: clueTexts('dhcp.vendor'),
  rules: [
    [/^android-dhcp|^dhcpcd.*android|:android:/i, 'phone', 0.75],
    [/^MSFT 5\.0/i, 'desktop', 0.45],
    [/^MSFT (?:98|5\.0 XBOX)|XBOX/i, 'console', 0.9],
    [/^(?:PS[345]|PlayStation)/i, 'console', 0.95],
    [/^Nintendo/i, 'console', 0.95],
    [/JetDirect|Hewlett-Packard (?:LaserJet|OfficeJet)|^HP Printer|;Typ=(?:Printer|MFP|AiO)|LEXMARK|^EPSON|^BRN/i, 'printer', 0.95],
    [/^Cisco AP|^ArubaAP|^Ruckus|^ubnt|^Aerohive|^Meraki/i, 'access-point', 0.85],
    [/^docsis|^eRouter|^FRITZ|^udhcp.*OpenWrt/i, 'router', 0.85],
    [/^AXIS,|^Hikvision|^dahua|^IPCAM/i, 'camera', 0.9],
    [/synology|^QNAP/i, 'nas', 0.9],
    [/^Roku|webOS|^Sony BRAVIA|^LG ?TV|^SAMSUNG TV|^Tizen/i, 'tv', 0.9],
    [/^(?:CPQRIB|iLO|iDRAC)/, 'server', 0.9],
    [/^(?:PXEClient|AAPLBSDPC)/, 'desktop', 0.4],
    [/^dhcpcd.*:(?:armv|aarch64).*BCM|raspberry/i, 'server', 0.5],
    [/^Sonos/i, 'speaker', 0.95],
    // A phone on a desk is nobody's company: not the type that is carried.
    [/^(?:Cisco Systems, Inc\. IP Phone|yealink|snom|Polycom|Grandstream|Aastra)/i, 'other', 0.85],
  ],
};
