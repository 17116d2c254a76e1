import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT } from '../../../../test/make/device.ts';
import { readHistory, reasons, sessionLines } from '../../../../test/make/read-history.ts';

// Written as arpwatch's db.c and file.c write it: tab-separated, the newest pair of an address first, a name where there
// was one; Debian's adds the interface, FreeBSD's writes hardware addresses without zeros.
const ARP_DAT = [
  `00:11:32:aa:bb:01\t192.168.7.1\t1704096000\trouter\teth0`,
  `3c:22:fb:0:0:7\t192.168.7.31\t1704099600\tphone\teth0`,
  `3c:22:fb:0:0:7\t192.168.7.32\t1704186000\t\teth0`,
  `0:4:4b:12:34:56\t192.168.7.20\t1704103200`,
].join('\n');

test('each line is one last sighting of a pair, in seconds since 1970 whatever the zone', async () => {
  const history = await readHistory(`${ARP_DAT}\n`, { zone: 'Europe/Berlin' });
  assert.deepEqual(sessionLines(history), [
    '00:11:32:aa:bb:01 192.168.7.1 2024-01-01 08:00:00..',
    '3c:22:fb:00:00:07 192.168.7.31 2024-01-01 09:00:00..',
    '3c:22:fb:00:00:07 192.168.7.32 2024-01-02 09:00:00..',
    '00:04:4b:12:34:56 192.168.7.20 2024-01-01 10:00:00..',
  ]);
  assert.deepEqual(
    history.records.map(({ names }) => names.map(({ name, source }) => `${name} by ${source}`)),
    [['router by dns'], ['phone by dns'], []],
  );
  assert.equal(history.sources[0]?.format, 'arpwatch');
});

test('lines that are none are refused, with their number', async () => {
  const seconds = AT / 1000;
  const lines = [
    '00:11:32:aa:bb:01\t10.0.0.1\t1704096000',
    '',
    'nonsense',
    '00:11:32:aa:bb:01\t10.0.0.1',
    `00:11:32:aa:bb:02\t300.0.0.1\t1704096000`,
    `00:11:32:aa:bb:03\t10.0.0.3\t${seconds + 3600}`,
    `ff:ff:ff:ff:ff:ff\t10.0.0.3\t1704096000`,
    `00:11:32:aa:bb:04\t10.0.0.4\t1704096000\t${'x'.repeat(9000)}`,
  ];
  const history = await readHistory(lines.join('\n'));
  assert.deepEqual(reasons(history), [
    '3: "nonsense" is no hardware address',
    '4: it has no time, but ""',
    '5: "300.0.0.1" is no address',
    '6: 2026-01-05T09:00:00.000Z is in the future',
    '7: "ff:ff:ff:ff:ff:ff" is no hardware address',
    '8: it is longer than any line of arp.dat',
  ]);
  assert.equal(history.records.length, 1);
});

test('arpwatch is told by its content, also where nobody would look for it', async () => {
  assert.equal((await readHistory(ARP_DAT, { name: 'backup.txt' })).sources[0]?.guessed, true);
  const named = await readHistory('# pairs\n\n00:11:32:aa:bb:01 10.0.0.1 1704096000\n', { from: 'arpwatch' });
  assert.equal(named.records.length, 1);
});
