/** What of an output is another each time, and is not compared; docs/coming-from.md says the same in words. */
const MOVING: readonly (readonly [what: RegExp, stands: string])[] = [
  // Moments: of ISO and the names of files, of this machine's zone, of nmap and Ndiff, of mail and HTTP.
  [/\d{4}-\d\d-\d\dT\d\d:?\d\d:?\d\d(?:\.\d+)?Z/g, 'MOMENT'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?: UTC\b)?/g, 'MOMENT'],
  [/[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, 'MOMENT'],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})/g, 'MOMENT'],
  [/\b\d+(?:\.\d+)? ?(?:s|seconds?)\b/g, 'DURATION'],
  [/\b\d+ packets (?:sent|in)\b/g, 'PACKETS'],
  // How often a message was tried until somebody looked: the row of the outbox, and its reason.
  [/( (?:waiting|delivered) +\w+ +)\d+ /g, '$1TRIES '],
  [/\battempt \d+ failed\b/g, 'attempt N failed'],
  [/\btest-[a-z0-9]+-[a-z0-9]+/g, 'test-ID'],
  [/\bprocess \d+/g, 'process PID'],
  [/#rcl_[\w-]{22}/g, '#rcl_SECRET'],
  [/\bNmap \d+\.\d+\w*/g, 'Nmap VERSION'],
  [/\brollcall \d+\.\d+\.\d+\S*/g, 'rollcall VERSION'],
  [/(?:\/[\w.-]+)+\/nmap(?= )/g, '/usr/bin/nmap'],
];

/** An output without what is another each time. */
export const still = (lines: readonly string[]): string[] =>
  lines.map((line) => MOVING.reduce((text, [what, stands]) => text.replace(what, stands), line));

/** A line that only tells how far a scan is: how many there are depends on how long it takes. */
export const isProgress = (line: string): boolean => /^scanning .* \d+ % .* left$|^scanning .*…?$/.test(line);
