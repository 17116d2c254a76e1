/**
 * Phrases that the sides of changes are full of; each is kept as one control character, which JSON text never holds
 * by itself. Append only: a phrase keeps its character for ever, and a new one comes with a migration (an empty one
 * will do), so that an older program refuses the store instead of misreading it.
 */
const PHRASES = [
  '{"presence":"present","addresses":["',
  '{"presence":"away","addresses":["',
  '{"presence":"present","lastSeen":"',
  '{"presence":"away","lastSeen":"',
  '{"presence":"unknown","lastSeen":"',
  '{"addresses":["',
  '{"macs":["',
  '{"names":["',
  '{"protocol":"tcp","port":',
  '{"protocol":"udp","port":',
  ',"state":"open","service":null}',
  ',"state":"closed","service":null}',
  ',"state":"filtered","service":null}',
  ',"state":"open","service":{"name":"',
  '","product":"',
  '","version":"',
  '","extra":"',
  '","tunnel":"',
  '{"name":"',
  '{"name":null,"macs":["',
  '","macs":["',
  '"],"addresses":["',
  '"],"vendor":"',
  '"],"vendor":null',
  ',"randomizedMac":false,"ports":[',
  ',"randomizedMac":true,"ports":[',
  '","',
  '"]}',
  '"}',
  '"],"confirmed":true}',
];

/** The first character is not zero: PostgreSQL holds none in text. */
const marks = PHRASES.map((phrase, index) => ({ phrase, mark: String.fromCharCode(index + 1) }));

/** JSON text made shorter, by half and more for the usual changes. */
export function shorten(json: string): string {
  return marks.reduce((text, { phrase, mark }) => text.replaceAll(phrase, mark), json);
}

/** The JSON text that was made shorter. */
export function lengthen(short: string): string {
  return marks.reduce((text, { phrase, mark }) => text.replaceAll(mark, phrase), short);
}
