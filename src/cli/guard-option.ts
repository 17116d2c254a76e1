import { Option } from 'commander';
import type { GuardInput } from '../contract/index.ts';
import { Fault, GUARD_KEYS, orFault, readGuard } from '../core/index.ts';

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Where this machine must stand; read by {@link guardOf}. */
export const guardOption = (): Option =>
  new Option('--guard <key=value>', 'send nothing unless gateway=MAC, network=BLOCK or public=ADDRESS is so; may be repeated')
    .argParser(each)
    .default([], 'none');

/** The guard that the options name; null for none. Fault bad-input for one that no machine could meet. */
export function guardOf(words: readonly string[]): GuardInput | null {
  const guard: GuardInput = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const key = GUARD_KEYS.find((name) => name === word.slice(0, Math.max(0, at)));
    if (key === undefined)
      throw new Fault(
        'bad-input',
        `reading --guard ${JSON.stringify(word.slice(0, 80))}: it says of nothing what it must be`,
        'write gateway=MAC, network=BLOCK or public=ADDRESS',
      );
    if (guard[key] !== undefined)
      throw new Fault('bad-input', `reading --guard ${key}=...: it stands there twice`, 'keep the one that is meant');
    guard[key] = word.slice(at + 1);
  }
  orFault(readGuard(guard));
  return words.length === 0 ? null : guard;
}
