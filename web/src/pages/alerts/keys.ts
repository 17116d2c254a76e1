/** What the answers are kept under that several parts of these pages ask for, or make old. */
export const RULES = ['rules.list'];
export const CHANNELS = ['channels.list'];
