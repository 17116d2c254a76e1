import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistory, reasons, sessionLines } from '../../../../test/make/read-history.ts';

// The columns of the Devices table as NetAlertX exports them (csv.DictWriter, QUOTE_ALL), shortened to those of use and a few others.
const NETALERTX = [
  '"devMac","devName","devOwner","devType","devVendor","devFavorite","devGroup","devComments","devFirstConnection","devLastConnection","devLastIP","devStaticIP","devIsNew"',
  '"3c:22:fb:00:00:07","Anna\'s phone","Anna","Smartphone","Apple, Inc.","0","Always On","lost ""twice""","2024-01-01 08:00:00","2024-03-01 21:30:00","192.168.7.31","0","0"',
  '"00:11:32:aa:bb:01","(name not found)","(unknown)","","","0","","","2024-01-01 08:00:00","","192.168.7.1","0","0"',
  '"Internet","Internet","House","Router","","0","","","2024-01-01 08:00:00","2024-03-01 21:30:00","203.0.113.9","0","0"',
  '"aa:bb:cc:dd:ee:0f","=HYPERLINK(""http://x"")","-nobody","Kettle","","0","","","2024-01-01 08:00:00+02:00","null","","0","0"',
].join('\r\n');

test('devices of NetAlertX: first and last are sightings, and what lies between is unknown', async () => {
  const history = await readHistory(NETALERTX);
  assert.deepEqual(sessionLines(history), [
    '3c:22:fb:00:00:07 null 2024-01-01 08:00:00..',
    '3c:22:fb:00:00:07 192.168.7.31 2024-03-01 21:30:00..',
    '00:11:32:aa:bb:01 192.168.7.1 2024-01-01 08:00:00..',
    'aa:bb:cc:dd:ee:0f null 2024-01-01 06:00:00..',
  ]);
  assert.deepEqual(reasons(history), [], 'the internet is no device, and nothing that was refused');
  const [phone, router, kettle] = history.records;
  assert.deepEqual(phone?.said, { alias: "Anna's phone", owner: 'Anna', note: 'lost "twice"', type: 'phone', group: 'Always On' });
  assert.deepEqual([router?.said, router?.vendor], [{}, 'Synology Incorporated']);
  assert.deepEqual(kettle?.said, { alias: '=HYPERLINK("http://x")', owner: '-nobody' });
});

test('Pi.Alert has the same table under older names', async () => {
  const csv =
    'dev_MAC,dev_Name,dev_Owner,dev_DeviceType,dev_Type,dev_Vendor,dev_FirstConnection,dev_LastConnection,dev_LastIP\n' +
    '3c:22:fb:00:00:07,nas,Bob,,NAS,Apple,2024-01-01 08:00:00,2024-01-01 08:30:00,10.0.0.7\n';
  const history = await readHistory(csv, { zone: 'America/New_York' });
  assert.equal(history.sources[0]?.format, 'pialert');
  assert.deepEqual(history.records[0]?.said, { alias: 'nas', owner: 'Bob', type: 'nas' });
  assert.deepEqual(sessionLines(history)[0], '3c:22:fb:00:00:07 null 2024-01-01 13:00:00..');
});

test('sessions of either, saved as CSV, are exact', async () => {
  // sqlite3 -header -csv app.db 'select * from Sessions'
  const csv =
    'ses_MAC,ses_IP,ses_EventTypeConnection,ses_DateTimeConnection,ses_EventTypeDisconnection,ses_DateTimeDisconnection,ses_StillConnected,ses_AdditionalInfo\n' +
    '3c:22:fb:00:00:07,10.0.0.7,Connected,"2024-01-01 08:00:00",Disconnected,"2024-01-01 09:00:00",0,\n' +
    '3c:22:fb:00:00:07,10.0.0.7,"<missing event>",,Disconnected,"2024-01-02 09:00:00",0,\n' +
    '3c:22:fb:00:00:07,10.0.0.8,Connected,"2024-01-03 08:00:00",,,1,\n';
  assert.deepEqual(sessionLines(await readHistory(csv)), [
    '3c:22:fb:00:00:07 10.0.0.7 2024-01-01 08:00:00..2024-01-01 09:00:00',
    '3c:22:fb:00:00:07 10.0.0.7 2024-01-02 09:00:00..',
    '3c:22:fb:00:00:07 10.0.0.8 2024-01-03 08:00:00..',
  ]);
});
