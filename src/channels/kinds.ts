import type { ChannelKind } from './kind.ts';
import { webhook } from './webhook/webhook.ts';

/** Every kind of channel there is. */
export const KINDS: readonly ChannelKind[] = [webhook];
