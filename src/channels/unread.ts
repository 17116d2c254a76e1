const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
};

/** Why a file could not be read, in words where the system has a code only. */
export function unreadWords(thrown: unknown): string {
  const { code = 'unknown' } = thrown as { code?: string };
  return WORDS[code] ?? code;
}
