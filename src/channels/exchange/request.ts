import type { Instant } from '../../core/index.ts';

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** http or https, without user and password. */
  readonly url: string;
  /** Whatever is no printable ASCII in a value becomes "?". */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 KB. */
  readonly body: string;
  /** The same for people: clean, and without what is secret. Left out: the body holds nothing secret. */
  readonly said?: string;
  /** The body was longer, or did not end in time. */
  readonly cut: boolean;
  /** When its head had come. */
  readonly at: Instant;
  /** "https://ntfy.sh", for people. */
  readonly from: string;
  /** Whether people may see the body: not that of a host which only a block in [alerts] reach opens. */
  readonly open: boolean;
}
