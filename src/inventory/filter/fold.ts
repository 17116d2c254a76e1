/** Text as it is compared: neither case nor the way an accent is written tells names apart. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();
