export { readWebFiles, type WebFiles } from './files.ts';
export { PAGE_HEADERS } from './page-headers.ts';
export { pageFor } from './pages.ts';
