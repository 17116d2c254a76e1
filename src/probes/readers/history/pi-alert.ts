import type { DeviceType, HistoryFormat } from '../../../core/index.ts';
import { addressIn, type DeviceDraft, quoted, Unusable } from './draft.ts';
import type { FileReader, FileScene, Tally } from './file-reader.ts';
import type { TimeReader } from './local-times.ts';
import { createRowTable, type NamedRow } from './row-table.ts';

/** Reads what Pi.Alert and NetAlertX export: their table of devices, or of sessions, under the names of either. */
export function createPiAlertTable(scene: FileScene, format: HistoryFormat & ('netalertx' | 'pialert')): FileReader {
  return createRowTable(scene, { format, needed: ['devmac', 'sesmac'] }, (row, tally) => {
    const isDevice = row('devmac') !== '';
    const mac = isDevice ? row('devmac') : row('sesmac');
    // The internet stands among the devices of both, and is none.
    if (/^internet$/i.test(mac)) return;
    const device = scene.draft.device(mac);
    if (isDevice) takeDevice(device, row, { times: scene.times, tally });
    else takeSession(device, row, { times: scene.times, tally });
  });
}

interface Way {
  readonly times: TimeReader;
  readonly tally: Tally;
}

/** When it was first and last there is known, and nothing of the time between. */
function takeDevice(device: DeviceDraft, row: NamedRow, { times, tally }: Way): void {
  const [first, last] = [timeIn(row('devfirstconnection'), times), timeIn(row('devlastconnection'), times)];
  const seen = [first, last].filter((at) => at !== null);
  if (seen.length === 0) throw new Unusable('it says neither when the device was first nor when it was last there');
  for (const at of seen) device.sighting(at, at === seen.at(-1) ? addressIn(row('devlastip')) : null);
  tally.row(...seen);
  device.vendor(row('devvendor'));
  const [type, name, group] = [typeOf(row('devtype')), told(row('devname')), told(row('devgroup'))];
  device.say({ alias: name, owner: told(row('devowner')), note: told(row('devcomments')), type, ...(group !== null && { group }) });
}

function takeSession(device: DeviceDraft, row: NamedRow, { times, tally }: Way): void {
  const [came, left] = [timeIn(row('sesdatetimeconnection'), times), timeIn(row('sesdatetimedisconnection'), times)];
  const address = addressIn(row('sesip'));
  const from = came ?? left;
  if (from === null) throw new Unusable('it says neither when the device came nor when it left');
  device.session(from, left ?? from, address);
  tally.row(from, left ?? from);
}

/** null: empty. */
function timeIn(text: string, times: TimeReader): number | null {
  if (text === '' || /^(?:null|none|<.*>)$/i.test(text)) return null;
  const time = times(text);
  if (time === undefined) throw new Unusable(`${quoted(text)} is no time`);
  return time.first;
}

/** What stands where nobody said anything. */
const UNTOLD = /^(?:\(?unknown\)?|\(name not found\)|\(unset\)|null|none|house|-|)$/i;

const told = (text: string): string | null => (UNTOLD.test(text) ? null : text);

const TYPES: readonly (readonly [RegExp, DeviceType])[] = [
  [/phone|android|iphone/i, 'phone'],
  [/tablet|ipad/i, 'tablet'],
  [/watch/i, 'watch'],
  [/laptop|notebook/i, 'laptop'],
  [/nas/i, 'nas'],
  [/virtual|^vm$/i, 'vm'],
  [/container/i, 'container'],
  [/server|hypervisor/i, 'server'],
  [/desktop|^(?:mini )?pc$|computer|all-in-one/i, 'desktop'],
  [/router|gateway|firewall/i, 'router'],
  [/switch/i, 'switch'],
  [/^ap$|access point|wlan|wifi/i, 'access-point'],
  [/printer/i, 'printer'],
  [/camera/i, 'camera'],
  [/tv|television|decoder|streaming/i, 'tv'],
  [/speaker|sound|virtual assistance/i, 'speaker'],
  [/console/i, 'console'],
  [/light|bulb/i, 'light'],
  [/plug|socket/i, 'plug'],
  [/sensor|thermostat/i, 'sensor'],
  [/appliance|domotic|vacuum|washing/i, 'appliance'],
];

function typeOf(text: string): DeviceType | null {
  const word = text.trim();
  return word === '' ? null : (TYPES.find(([pattern]) => pattern.test(word))?.[1] ?? null);
}
