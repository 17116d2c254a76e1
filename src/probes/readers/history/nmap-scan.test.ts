import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering, HOUR } from '../../../../test/make/device.ts';
import { historyFile, historyOptions } from '../../../../test/make/history.ts';
import { scanXml } from '../../../../test/make/nmap-file.ts';
import { readHistory, reasons } from '../../../../test/make/read-history.ts';
import { createHistoryReader } from './history-reader.ts';

/** When the scans of these tests ended, as they say. */
const ENDED = 1_772_445_610_000;
const now = ENDED + 24 * HOUR;
const HOSTS = [{ address: '10.0.0.1' }, { address: '10.0.0.2' }];

test('a scan is dated by what it says, and covers what it asked', async () => {
  const { looks, sources, refused } = await readHistory(scanXml({ hosts: HOSTS }), { now });
  const [look] = looks;
  assert.deepEqual([look?.report.finishedAt, look?.report.outcome, look?.report.observations.length], [ENDED, 'complete', 2]);
  assert.equal(look?.report.coverage.addresses.length, 1);
  assert.ok(look?.report.observations.every(({ seenAt }) => seenAt === ENDED));
  assert.deepEqual([sources[0]?.rows, sources[0]?.lastAt, refused.count, look?.report.raw], [2, ENDED, 0, null]);
});

test('scans are sorted by their own time, not by that of their files, and copies count once', async () => {
  const at = (seconds: number): string =>
    scanXml({ hosts: HOSTS })
      .replace('start="1772445600"', `start="${seconds - 10}"`)
      .replace('time="1772445610"', `time="${seconds}"`);
  const contents = [at(1_700_000_000), at(1_600_000_000), at(1_650_000_000), at(1_600_000_000)];
  const files = contents.map((content, i) => historyFile(`${i}.xml`, content));
  const { looks, sources } = await createHistoryReader().read(files, historyOptions({ now }));
  assert.deepEqual(
    looks.map(({ report }) => report.finishedAt / 1000),
    [1_600_000_000, 1_650_000_000, 1_700_000_000],
  );
  assert.deepEqual(sources[3]?.notes, ['it is the same as another of these files']);
});

test('of a scan that was cut off the hosts it had finished count, and nobody is missing for it', async () => {
  const whole = scanXml({ hosts: HOSTS });
  const history = await readHistory(whole.slice(0, whole.indexOf('<host', whole.indexOf('10.0.0.1')) + 40), { now });
  const [look] = history.looks;
  assert.deepEqual([look?.report.outcome, look?.report.observations.length], ['partial', 1]);
  assert.equal(look?.report.finishedAt, 1_772_445_600_000, 'it began then, and says no more');
  assert.match(reasons(history)[0] ?? '', /the hosts read before count/);
  const addresses = look?.report.coverage.addresses ?? [];
  assert.ok(
    addresses.every(({ first, last }) => first === last),
    'only who answered',
  );
});

test('what was asked can be said where the file does not say it', async () => {
  const listed = scanXml({ args: 'nmap -n -p22,80 -iL ips.txt', hosts: HOSTS });
  const [unsaid] = (await readHistory(listed, { now })).looks;
  const [said] = (await readHistory(listed, { now, covers: covering(['10.0.0.0/28']).addresses })).looks;
  assert.ok((said?.report.coverage.addresses.length ?? 0) > 0);
  assert.notDeepEqual(said?.report.coverage, unsaid?.report.coverage);
});

test('scans that cannot be are refused, with the reason', async () => {
  const refusal = async (content: string): Promise<string> => {
    const history = await readHistory(content, { now });
    assert.equal(history.looks.length, 0);
    return reasons(history)[0] ?? '';
  };
  const scan = scanXml({ hosts: HOSTS });
  assert.match(
    await refusal(scan.replace('time="1772445610"', 'time="253402300799"')),
    /it was made at 9999-12-31T23:59:59\.000Z, which cannot be/,
  );
  assert.match(await refusal(scan.replace('time="1772445610"', 'time="0"')), /it was made at 1970-01-01T00:00:00\.000Z, which cannot be/);
  assert.match(await refusal(scan.replace('time="1772445610"', '').replace('start="1772445600"', '')), /it does not say when it was made/);
  assert.match(await refusal(scan.slice(0, 300)), /the XML ends/);
  assert.match(await refusal(scanXml({ hosts: [], exit: 'exit="error" errormsg="no route"' })), /no route/);
  assert.match(await refusal('<nmaprun><!DOCTYPE x [<!ENTITY a "b">]>'), /./);
});
