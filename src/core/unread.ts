const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads nowhere',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk fails',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Whether it is only this account that may not read it. */
export const isForbidden = (thrown: unknown): boolean => ['EACCES', 'EPERM'].includes((thrown as { code?: string }).code ?? '');

/** Why a file could not be read, written or started, in words where the system has a code only. */
export function unreadWords(thrown: unknown): string {
  const { code = thrown instanceof Error ? thrown.message : 'unknown' } = thrown as { code?: string };
  return WORDS[code] ?? code;
}
