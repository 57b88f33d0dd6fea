/** What the exit code says to scripts. */
export const exitCodes = {
  open: 0,
  held: 1,
  invalid: 2,
  unreadable: 3,
  /** Ctrl-C at a question, as a shell counts a process that SIGINT ended. */
  interrupted: 130,
} as const;
