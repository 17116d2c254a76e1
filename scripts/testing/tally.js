/** Counts and prints what came out. Failures are told when they happen and once more, in full, at the end. */
export class Tally {
  #passed = 0;
  #skipped = [];
  #failed = [];

  /** One check: types, lint, format. */
  check({ name, text }) {
    this.#line(text === '', name);
    if (text === '') this.#passed++;
    else this.#failed.push({ where: name, text });
  }

  /** One test file with the results of `runFile`. */
  file(path, { passed, skipped, failed }, took) {
    this.#passed += passed;
    this.#skipped.push(...skipped.map(({ name, reason }) => ({ where: `${path}: ${name}`, reason })));
    this.#failed.push(...failed.map(({ name, line, text }) => ({ where: `${path}${line ? `:${line}` : ''}: ${name}`, text })));
    const rest = [failed.length > 0 && `${failed.length} failed`, skipped.length > 0 && `${skipped.length} skipped`].filter(Boolean);
    this.#line(failed.length === 0, [path, `${passed} passed`, ...rest, `${(took / 1000).toFixed(1)} s`].join(' · '));
  }

  leftovers(sentences) {
    for (const text of sentences) this.#failed.push({ where: 'left behind by the tests', text });
  }

  /** Prints the end of the report, the numbers last; gives the exit code. */
  close() {
    this.#printSkipped();
    for (const { where, text } of this.#failed) console.log(`\nFAILED ${where}\n${indent(text)}`);
    const failed = this.#failed.length;
    console.log(`\n${this.#passed} passed, ${failed} failed, ${this.#skipped.length} skipped`);
    return failed === 0 && this.#passed > 0 ? 0 : 1;
  }

  #printSkipped() {
    const reasons = Map.groupBy(this.#skipped, ({ reason }) => reason);
    for (const [reason, tests] of reasons) {
      console.log(`\nskipped, ${reason}:`);
      for (const { where } of tests) console.log(`  ${where}`);
    }
  }

  #line(fine, text) {
    console.log(`${fine ? 'ok  ' : 'FAIL'} ${text}`);
  }
}

const indent = (text) =>
  text
    .split('\n')
    .slice(0, 60)
    .map((line) => `    ${line}`)
    .join('\n');
