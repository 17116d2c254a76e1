/** Why there is no comparison; exit code 2. */
export class Died extends Error {
  /** Whether Ndiff says this in the same words, or only dies of it. */
  readonly words: 'as Ndiff' | 'ours';

  constructor(message: string, words: Died['words']) {
    super(message);
    this.name = 'Died';
    this.words = words;
  }
}
