/** The table of modes. A new mode is a file, a line here, its inputs in action.yml and a section of docs/action.md. */

import type { Mode } from "./mode.ts";

export const modes: Readonly<Record<string, Mode>> = {
  gate: {
    inputs: { sha: "", base: "", app: "holdpoint", timeout: "10 minutes", "allow-bypassed": "true", since: "" },
    load: async () => (await import("./gate.ts")).gate,
  },
  check: {
    inputs: { "pull-request": "", "fail-on": "held" },
    load: async () => (await import("./check.ts")).check,
  },
  report: {
    inputs: { url: "", log: "", junit: "", "exit-code": "", step: "", command: "", "fail-on-error": "false" },
    load: async () => (await import("./report.ts")).report,
  },
  validate: {
    inputs: { policy: ".github/checkpoints.yml" },
    load: async () => (await import("./validate.ts")).validate,
  },
};

/** What any mode takes. */
export const sharedInputs: readonly string[] = ["mode", "token"];

/** What the runner fills in, whatever the mode: nobody writes these. */
export const runnerInputs: readonly string[] = ["job-status", "job-id"];
