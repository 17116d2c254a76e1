/** What a side of a comparison that is a file looks like. */
export { type FileViewOptions, openFileView } from './file-view.ts';
