import { isSender } from './bytes.ts';

/** The sender's hardware address as a number; null when the frame has none that can be a sender's. Quick: a flood gets no further. */
export function senderOf(frame: Uint8Array): number | null {
  if (frame.length < 14 || !isSender(frame, 6)) return null;
  let value = 0;
  for (let i = 6; i < 12; i++) value = value * 256 + (frame[i] as number);
  return value;
}
