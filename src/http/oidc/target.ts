/** Only what is printed, and nothing that a browser reads as a slash. */
const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}$/;

const HERE = 'http://here.invalid';

/** A path of this very origin to go on to; whatever is not surely one is `/` (S20: nobody is sent elsewhere by a link to us). */
export function ownTarget(wish: string | null): string {
  if (wish === null || !PATH.test(wish)) return '/';
  const url = URL.parse(wish, HERE);
  if (url?.origin !== HERE || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in/')) return '/';
  return url.pathname + url.search;
}
