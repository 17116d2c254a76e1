import { clueTexts } from './clue-texts.ts';
import type { Family } from './family.ts';

/** Options that DHCP requests ask for, in their order: each system's own habit, which several of its devices share. */
export const DHCP_OPTIONS: Family = {
  says: 'asks by DHCP for the options',
  of: clueTexts('dhcp.options'),
  rules: [
    [/^1,3,6,15,31,33,43,44,46,47,(?:119,)?121,249,252$/, 'desktop', 0.45], // Windows 7 to 11
    [/^1,15,3,6,44,46,47,31,33,(?:121,)?249,(?:252,)?43/, 'desktop', 0.4], // Windows Vista and older
    [/^1,121,3,6,15,(?:108,)?(?:114,)?119,252$/, 'phone', 0.4], // iOS
    [/^1,121,3,6,15,(?:108,)?(?:114,)?119,252,95,44,46/, 'laptop', 0.5], // macOS
    [/^1,3,6,15,26,28,51,58,59,43/, 'phone', 0.5], // Android 5 and later
    [/^1,(?:121,)?33,3,6,(?:15,)?(?:26,)?28,51,58,59/, 'phone', 0.45], // Android before
  ],
};
