import { API_PATH, LARGEST_REPORT, LARGEST_ROSTER } from '../../contract/index.ts';
import { type Refusal, TOO_LARGE } from '../refusal.ts';

const MIB = 1024 * 1024;

/** What a request may carry. */
export interface BodyRule {
  readonly type: 'application/json' | 'multipart/form-data';
  /** In bytes. */
  readonly cap: number;
}

const JSON_BODY: BodyRule = { type: 'application/json', cap: MIB };
/** A file of this size and the form around it. */
const formOf = (largest: number): BodyRule => ({ type: 'multipart/form-data', cap: largest + MIB });
const [REPORT_BODY, ROSTER_BODY] = [formOf(LARGEST_REPORT), formOf(LARGEST_ROSTER)];

const UPLOADS: ReadonlyMap<string, BodyRule> = new Map([
  [`${API_PATH}/ingest`, REPORT_BODY],
  ['/rpc/ingest', REPORT_BODY],
  [`${API_PATH}/import`, REPORT_BODY],
  ['/rpc/importHistory', REPORT_BODY],
  [`${API_PATH}/import/devices`, ROSTER_BODY],
  ['/rpc/devices/import', ROSTER_BODY],
]);

const typeOf = (headers: Headers): string => (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** The rule the body falls under; undefined when no rule fits. */
export function bodyRule(path: string, headers: Headers): BodyRule | undefined {
  const type = typeOf(headers);
  return [JSON_BODY, UPLOADS.get(path)].find((rule) => rule?.type === type);
}

export const hasBody = (headers: Headers): boolean => headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0';

/** Lets in JSON, and forms where reports are taken in; what says it is too large is not even read. */
export function judgeBody(path: string, headers: Headers): Refusal | undefined {
  if (!hasBody(headers)) return undefined;
  const rule = bodyRule(path, headers);
  if (!rule || headers.has('content-encoding')) return UNSUPPORTED;
  return Number(headers.get('content-length') ?? 0) > rule.cap ? TOO_LARGE : undefined;
}

const UNSUPPORTED: Refusal = {
  status: 415,
  code: 'unsupported-type',
  message: 'reading the request: its body is of a type this operation does not take',
  remedy: 'send application/json, unencoded; reports go to ingest as multipart/form-data',
};
