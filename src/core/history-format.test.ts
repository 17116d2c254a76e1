import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HISTORY_HEAD, type HistoryFormat, historyFormatOf } from './history-format.ts';

const of = (text: string): HistoryFormat | null => historyFormatOf(Buffer.from(text, 'latin1'));

const SHOWN: readonly (readonly [string, HistoryFormat])[] = [
  ['SQLite format 3\0\x10\0', 'watchyourlan'],
  ['<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap">', 'nmap'],
  ['\u00ef\u00bb\u00bf  <nmaprun>', 'nmap'],
  ['-- MySQL dump 10.13\n--\n', 'network-monitor'],
  ['/*!40101 SET NAMES utf8 */;\nINSERT INTO `nm_device_events` VALUES (1', 'network-monitor'],
  ['id,mac,vendor,ip,connected_at,last_seen_at\n1,', 'network-monitor'],
  ['"MAC"\t"CONNECTED_AT"\n', 'network-monitor'],
  ['0:8:e1:1:2:d6\t10.0.0.1\t1704096000\n', 'arpwatch'],
  ['00:08:e1:01:02:d6 10.0.0.1', 'arpwatch'],
  ['"devMac","devName"\n', 'netalertx'],
  ['sesMac,sesIp,sesDateTimeConnection\n', 'netalertx'],
  ['dev_MAC;dev_Name\n', 'pialert'],
  ['ses_MAC,ses_IP\n', 'pialert'],
];

test('each format is told by how it begins', () => {
  for (const [text, format] of SHOWN) assert.equal(of(text), format, JSON.stringify(text));
});

test('what is like one and is none is none', () => {
  const others = [
    '',
    ' ',
    '# Nmap 7.93 scan initiated',
    'Host: 10.0.0.1 ()\tStatus: Up',
    '<html><body>nmaprun</body>',
    '<?xml version="1.0"?><rss/>',
    'mac,name\n',
    'hello',
    '10.0.0.1\t00:08:e1:01:02:d6\n',
    '\x1f\x8b\x08\0',
    'PK\x03\x04',
  ];
  for (const text of others) assert.equal(of(text), null, JSON.stringify(text));
});

test('a head of anything, of any length, is looked at in no time', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void historyFormatOf(bytes)));
  const began = performance.now();
  for (const filler of ['a', ',', ' ', ':', '0:', '<', '/*', '\n']) historyFormatOf(Buffer.from(filler.repeat(2 * HISTORY_HEAD)));
  assert.ok(performance.now() - began < 2000);
});
