import { rangeHolds, type Service, type Serving } from '../../core/index.ts';
import { withoutNoise } from '../../diff/index.ts';

/** yes; no, with what is wrong; or unknown, with what nobody could tell. */
export type Match = { readonly is: 'yes' } | { readonly is: 'no' | 'unknown'; readonly reason: string };

const YES: Match = { is: 'yes' };

/** What a service says it is, as nmap writes it: product and version; empty when nobody asked it, or it did not say. */
export function servedText(service: Service | null): string {
  if (service === null || service.method !== 'probed') return '';
  return [service.product, service.version].filter((part) => part !== '').join(' ');
}

/** The same with what it adds in brackets, as in the table of nmap. */
const servedWhole = (service: Service): string => `${servedText(service)}${service.extra === '' ? '' : ` (${service.extra})`}`;

/** Whether what serves is what was approved. What nobody could tell is no deviation (law 2). */
export function matchServing(serving: Serving, service: Service | null): Match {
  if (serving.kind === 'anything') return YES;
  const served = servedText(service);
  if (service === null || served === '')
    return { is: 'unknown', reason: `which version serves is not known; approved is ${servingText(serving)}` };
  if (serving.kind === 'exact') return isExactly(serving.text, service) ? YES : no(serving, served);
  if (service.product.toLowerCase() !== serving.product.toLowerCase()) return no(serving, served);
  if (serving.range === null) return YES;
  const holds = rangeHolds(serving.range, service.version);
  if (holds === undefined)
    return { is: 'unknown', reason: `version ${JSON.stringify(service.version)} cannot be compared with ${servingText(serving)}` };
  return holds ? YES : no(serving, served);
}

/** Lists of nmap, and approvals taken from them, write it with brackets or without; what of a product is noise is no other product. */
function isExactly(text: string, service: Service): boolean {
  const { product, version } = service;
  if (text === servedText(service) || text === servedWhole(service)) return true;
  // Readers of nmap's text have all of it as one word.
  if (version === '') return product.startsWith(`${text} (`) || withoutNoise(text) === withoutNoise(product);
  return text.endsWith(` ${version}`) && withoutNoise(text.slice(0, -version.length - 1)) === withoutNoise(product);
}

const no = (serving: Serving, served: string): Match => ({ is: 'no', reason: `${served} serves; approved is ${servingText(serving)}` });

/** "OpenSSH 9.2p1", "OpenSSH >=9.2 <10", "any OpenSSH", "whatever serves". */
export function servingText(serving: Serving): string {
  if (serving.kind === 'anything') return 'whatever serves';
  if (serving.kind === 'exact') return serving.text;
  return serving.range === null
    ? `any ${serving.product}`
    : `${serving.product} ${serving.range.map(({ is, version }) => `${is}${version}`).join(' ')}`;
}
