/** The store in the state folder, where no other is set. */
export const STORE_FILE = 'rollcall.db';
