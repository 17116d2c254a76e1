import { type ExportFormat, Fault, type ScanId } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';
import type { ApiContext } from '../context.ts';
import { rawFile } from '../raw.ts';
import { csvText } from './csv.ts';
import { grepableText } from './grepable.ts';
import { jsonText } from './json.ts';
import { normalText } from './normal.ts';
import { oneDocument } from './one-document.ts';

interface Form {
  readonly ending: string;
  readonly type: string;
  write(saw: ScanHosts): string;
}

const FORMS: Readonly<Record<Exclude<ExportFormat, 'xml'>, Form>> = {
  json: { ending: 'json', type: 'application/json', write: jsonText },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8', write: csvText },
  grepable: { ending: 'gnmap', type: 'text/plain; charset=utf-8', write: grepableText },
  normal: { ending: 'nmap', type: 'text/plain; charset=utf-8', write: normalText },
};

/** A scan as a file in the form that was asked for. */
export async function exportScan({ keeper }: ApiContext, { id, as }: { readonly id: ScanId; readonly as: ExportFormat }): Promise<File> {
  if (as === 'xml') return xmlFile(id, await outputOf(keeper, id));
  const form = FORMS[as];
  return new File([form.write(await keeper.hostsOf(id))], `scan-${id}.${form.ending}`, { type: form.type });
}

/** Whose output is gone can still be had in other forms. */
async function outputOf(keeper: ApiContext['keeper'], id: ScanId): Promise<Uint8Array> {
  await keeper.scan(id);
  try {
    return await keeper.rawOf(id);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'not-found') throw thrown;
    throw new Fault(
      'not-found',
      `exporting scan ${id} as xml: its output is not kept`,
      `${OTHERS}: they tell what was believed when it ended`,
    );
  }
}

const OTHERS = 'choose json, csv, grepable or normal';

async function xmlFile(id: ScanId, raw: Uint8Array): Promise<File> {
  const kept = await rawFile(id, raw);
  const document = oneDocument(await kept.bytes());
  if (document === null) throw new Fault('not-found', `exporting scan ${id} as xml: its output is none of nmap's XML`, OTHERS);
  return new File([document as Uint8Array<ArrayBuffer>], `scan-${id}.xml`, { type: 'application/xml' });
}
