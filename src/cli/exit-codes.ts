/** What the exit code says to scripts. */
export const exitCodes = { open: 0, held: 1, invalid: 2, unreadable: 3 } as const;
