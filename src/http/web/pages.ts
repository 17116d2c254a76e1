import { notFound, refuse } from '../refusal.ts';
import type { WebFile, WebFiles } from './files.ts';
import { PAGE_HEADERS } from './page-headers.ts';

/** What is answered by programs' interfaces only, whoever asks. */
const INTERFACES = /^\/(?:api|rpc|assets|metrics|healthz)(?:\/|$)/;
/** Ways to write a step up or an end of the name; no page of ours has one in its address. */
const DEVIOUS = /%(?:2e|2f|5c|00)|\\|\0|\/\//i;

const INDEX = '/index.html';
const HASHED = '/assets/';
/** A year: the name changes with its content. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * What the dashboard's own files answer: the file of that name, or the page itself wherever a browser goes.
 * undefined: not for us. No secret is in them, so nobody has to say who asks.
 */
export function pageFor(request: Request, path: string, files: WebFiles): Response | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const file = path === INDEX ? undefined : files.get(path);
  if (file) return fileAnswer(file, request, path.startsWith(HASHED) ? FOREVER : 'no-cache');
  // A page of an older build asks for what is gone: that is no question of who asks.
  if (path.startsWith(HASHED)) return refuse(notFound(path));
  if (!isVisit(request, path)) return undefined;
  const index = files.get(INDEX);
  return index ? fileAnswer(index, request, 'no-store') : unbuilt();
}

/** A browser goes to a page: it is the only one that asks for HTML by name. */
function isVisit({ headers }: Request, path: string): boolean {
  if (INTERFACES.test(path) || DEVIOUS.test(path)) return false;
  return acceptable(headers.get('accept'), 'text/html');
}

function fileAnswer(file: WebFile, { headers }: Request, keep: string): Response {
  const packing = (['br', 'gzip'] as const).find((name) => file[name] && acceptable(headers.get('accept-encoding'), name));
  const bytes = (packing && file[packing]) ?? file.bytes;
  return new Response(bytes, {
    headers: {
      ...PAGE_HEADERS,
      'cache-control': keep,
      'content-type': file.type,
      'content-length': String(bytes.byteLength),
      vary: 'accept, accept-encoding',
      ...(packing && { 'content-encoding': packing }),
    },
  });
}

/** Whether a list of what is accepted names exactly this, and not with a weight of nothing. */
function acceptable(list: string | null, wanted: string): boolean {
  return (list ?? '').split(',').some((entry) => {
    const [name = '', ...terms] = entry.split(';').map((part) => part.trim().toLowerCase());
    return name === wanted && !terms.some((term) => /^q=0(?:\.0*)?$/.test(term));
  });
}

const UNBUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall</title>
<h1>The dashboard is not built</h1>
<p>Rollcall runs, and all of its commands work. To have its pages, too, build them in its folder and start it again:
<pre>npm start</pre>
<p>or, to build them only:
<pre>node_modules/.bin/vite build web</pre>
</html>
`;

const unbuilt = (): Response =>
  new Response(UNBUILT, { status: 503, headers: { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8', vary: 'accept' } });
