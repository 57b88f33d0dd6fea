/** How much a workflow may hand over. Declared once: the Action cuts to it, the API refuses what is beyond it, the documentation prints it. */

export const reportLimits = {
  /** Of the body, as sent and unpacked. */
  bodyBytes: 2 * 1024 * 1024,
  logs: 5,
  logLines: 1_000,
  lineCharacters: 2_000,
  /** Of all logs together. */
  logCharacters: 250_000,
  cases: 200,
  messageCharacters: 2_000,
  detailsCharacters: 8_000,
  /** Of messages and details of all cases together. */
  caseCharacters: 600_000,
  /** Of names of tests, jobs, steps and files. */
  nameCharacters: 500,
  problems: 20,
  tools: 30,
} as const;
