import { LONGEST_LINE } from '../limits.ts';
import { createLineReader } from '../lines.ts';
import { addressIn, quoted, Unusable } from './draft.ts';
import { type FileReader, type FileScene, Tally } from './file-reader.ts';
import { usingRow } from './row-table.ts';

/** Reads arp.dat: hardware address, address, seconds since 1970, and at times a host name and an interface. One line is one last sighting. */
export function createArpDat(scene: FileScene): FileReader {
  const [tally, counted] = [new Tally(), { rows: 0 }];
  let line = 0;
  const lines = createLineReader((text) => {
    line++;
    if (text.trim() === '' || text.startsWith('#')) return;
    usingRow(scene, { counted, line }, () => takeLine(scene, text, tally));
  });
  return {
    write: lines.write,
    end() {
      lines.end();
      return { format: 'arpwatch', rows: tally.rows, firstAt: tally.firstAt, lastAt: tally.lastAt, notes: [], look: null };
    },
  };
}

function takeLine({ draft }: FileScene, text: string, tally: Tally): void {
  if (text.length >= LONGEST_LINE) throw new Unusable('it is longer than any line of arp.dat');
  const [mac = '', place = '', seconds = '', host = ''] = text.split(text.includes('\t') ? '\t' : / +/);
  const device = draft.device(mac);
  const address = addressIn(place);
  if (address === null) throw new Unusable(`${quoted(place)} is no address`);
  // Without a time arpwatch takes the pair for seen just now; of a file nobody can know when that was.
  if (!/^\d{1,12}$/.test(seconds)) throw new Unusable(`it has no time, but ${quoted(seconds)}`);
  const at = Number(seconds) * 1000;
  device.sighting(at, address);
  if (host !== '') device.name(host, 'dns');
  tally.row(at);
}
