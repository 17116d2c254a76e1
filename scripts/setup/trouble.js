/** Something the reader can mend: what happened, and what to do about it. */
export class Trouble extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}
