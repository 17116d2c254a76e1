import type { Clock, StopSignal } from '../../core/index.ts';
import type { Saying, Word } from '../story/word.ts';

/** What holds from then on, whoever is known: it is said late rather than never. */
const STANDING: ReadonlySet<Word['kind']> = new Set(['watch', 'channel', 'rule', 'nowhere']);

/** Says what is said in the story, each at its time. Of what was to be said before the clock began only that is said, at once, which still holds. */
export async function tellMonth(
  sayings: readonly Saying[],
  { clock, say }: { readonly clock: Clock; readonly say: (word: Word) => Promise<void> },
  signal: StopSignal,
): Promise<void> {
  const begun = clock.now();
  for (const { at, word } of sayings.filter((saying) => saying.at >= begun || STANDING.has(saying.word.kind))) {
    await clock.sleep(Math.max(0, at - clock.now()), signal);
    if (signal.aborted) return;
    await say(word);
  }
}
