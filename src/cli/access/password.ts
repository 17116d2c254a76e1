import { Fault } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { askSecrets, readSecret } from '../terminal/ask-secret.ts';

/** A new password: typed twice without being shown, or piped in. null: interrupted. */
export async function newPassword({ world, options }: Call, name: string): Promise<string | null> {
  if ((options as { readonly passwordStdin?: boolean }).passwordStdin) return readSecret(world.stdin);
  const typed = await askSecrets(world, [`Password for ${name}: `, 'The same again: ']);
  if (typed === null) return null;
  const [first = '', second] = typed;
  if (first === second) return first;
  throw new Fault('bad-input', 'asking for a password: what was typed second is another one', 'type the same twice');
}
