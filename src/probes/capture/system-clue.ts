import type { Clue } from '../../core/index.ts';
import { cluesOf } from './frame-seen.ts';

const UTF8 = new TextDecoder();

/** "name: description" of a system that introduces itself; either may be missing. */
export function systemClue(name: Uint8Array | undefined, description: Uint8Array | undefined): readonly Clue[] {
  const texts = [name, description].map((bytes) => UTF8.decode(bytes ?? new Uint8Array()).trim());
  return cluesOf('lldp.system', [texts.filter((text) => text !== '').join(': ')]);
}
