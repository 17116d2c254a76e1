export { pageOf } from '../alert-page.ts';
