/** How each of nmap's documents begins. Inside of one it cannot stand: there "<" is written "&lt;". */
const MARK = Buffer.from('<?xml ');

/** The bytes of documents that were written one after the other, with 'document' before each that begins. */
export async function* documentsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<'document' | Uint8Array, void, void> {
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    const text = Buffer.concat([held, chunk]);
    let from = 0;
    for (let mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, from)) {
      if (mark > from) yield text.subarray(from, mark);
      yield 'document';
      yield MARK;
      from = mark + MARK.length;
    }
    // The next mark may be cut in two.
    const sure = Math.max(from, text.length - MARK.length + 1);
    if (sure > from) yield text.subarray(from, sure);
    held = text.subarray(sure);
  }
  if (held.length > 0) yield held;
}
