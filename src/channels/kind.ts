import type { z } from 'zod';
import type { Channel, Delivery, ExchangeLine, Instant, Millis, OptionFault, StopSignal } from '../core/index.ts';
import type { EgressGuard } from './exchange/guard.ts';
import type { Lookup } from './exchange/lookup.ts';
import type { Answer, ExchangeRequest } from './exchange/request.ts';

export type Refused = Extract<Delivery, { outcome: 'refused' }>;

/**
 * A kind of channel: one folder, one file, one export of this shape, one line in kinds.ts. The maker does for all of them: options are
 * read by the schema; of each secret KEY there is KEY_file; URLs are judged when saved; `ca` of those that go to URLs; no secret leaves in
 * a name, a refusal, a receipt or an overheard line; nothing rejects.
 */
export interface ChannelKind<S extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  /** One line for people. */
  readonly what: string;
  /** Whether a message that was delivered can be replaced by a later one (Alert.replaces is the handle that `send` gave). */
  readonly edits: boolean;
  /** A strictObject of the fields of options.ts. Without KEY_file and `ca`. */
  readonly schema: S;
  /** Options that are never shown. */
  readonly secrets: readonly (keyof z.output<S> & string)[];
  /** Options that are http(s) URLs to go to. Left out: it goes to none, or to one that is always the same. */
  readonly urls?: readonly (keyof z.output<S> & string)[];
  /** Where else it goes, by whatever is not HTTP, as far as the options say: judged when saved. */
  places?(options: z.output<S>): readonly PlaceNamed[];
  /** What this machine lacks for it; null: nothing. Judged when saved. */
  lacks?(options: z.output<S>, world: Pick<KindWorld, 'mail'>): OptionFault | null;
  /** It speaks TLS by itself: it takes `ca`, too, and finds what the file holds in world.ca. */
  readonly tls?: true;
  /** Fault bad-input for what can never work; connects to nobody. */
  create(options: z.output<S>, world: KindWorld): Channel;
}

/** A kind whose options have the types of its schema. */
export const channelKind = <S extends z.ZodObject>(kind: ChannelKind<S>): ChannelKind => kind;

export interface PlaceNamed {
  /** The option that names it. */
  readonly key: string;
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** While something is sent. */
export interface Sending {
  readonly signal: StopSignal;
  readonly overhear?: ((line: ExchangeLine) => void) | undefined;
}

/** What one channel has around it. */
export interface KindWorld {
  /** One HTTP exchange, by the guard, in at most 10 s. Hand the outcome to judgeAnswer. */
  exchange(request: ExchangeRequest, sending: Sending): Promise<Answer | Refused>;
  /** For what is not HTTP. */
  readonly guard: EgressGuard;
  readonly lookup: Lookup;
  /** Certificates (PEM) to trust beside those of the system; null: none. */
  readonly ca: string | null;
  /** How long one exchange may take; left out: 10 s. */
  readonly most?: Millis | undefined;
  now(): Instant;
  /** Name of this machine; letters, digits, dots, dashes. */
  readonly host: string;
  /** How mail leaves this machine. Fault bad-input when nothing says how, unavailable when that cannot be read. */
  mail(): MailWay;
}

/** The way of [mail]. */
export interface MailWay {
  readonly way: { readonly kind: 'smtp'; readonly url: string } | { readonly kind: 'sendmail'; readonly path: string };
  readonly from: string;
  readonly ca: string | null;
}
