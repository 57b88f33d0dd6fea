/** The inputs of the mode `report`. */

import { ActionError } from "../action-error.ts";
import { inputOf } from "../inputs.ts";
import type { ActionRun } from "../mode.ts";

export interface ReportInputs {
  /** Without a slash at its end. */
  url: string;
  log: string[];
  junit: string[];
  exitCode: number | null;
  step: string | null;
  command: string | null;
  status: "failure" | "cancelled" | "success";
  /** Of the job, as GitHub numbers it; `null` on runners that do not tell. */
  jobId: number | null;
}

const patternsMax = 20;
const patternCharactersMax = 300;

/** @throws {ActionError} for what cannot be meant */
export function readReportInputs({ env, inputs }: ActionRun): ReportInputs {
  const code = inputs["exit-code"] ?? "";
  if (!/^(?:-?\d{1,10})?$/.test(code)) throw new ActionError("The input `exit-code` is no number.");
  const id = inputOf(env, "job-id");
  return {
    url: readUrl(inputs.url ?? ""),
    log: readPatterns(inputs.log ?? "", "log"),
    junit: readPatterns(inputs.junit ?? "", "junit"),
    exitCode: code === "" ? null : Number(code),
    step: inputs.step || null,
    command: inputs.command || null,
    status: readStatus(inputOf(env, "job-status")),
    jobId: /^\d{1,15}$/.test(id) ? Number(id) : null,
  };
}

/** The token goes there: only over lines that nobody listens on. */
function readUrl(text: string): string {
  const fix = "Write the address of your Holdpoint, e.g. `url: https://holdpoint.example.com`.";
  if (!URL.canParse(text)) throw new ActionError(`The input \`url\` is no address. ${fix}`);
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isHere)) {
    throw new ActionError(`The input \`url\` does not begin with https. ${fix}`);
  }
  if (username !== "" || search !== "" || hash !== "") {
    throw new ActionError(`The input \`url\` has more than an address. ${fix}`);
  }
  return text.replace(/\/+$/, "");
}

function readPatterns(text: string, input: string): string[] {
  const patterns = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (patterns.length > patternsMax || patterns.some((pattern) => pattern.length > patternCharactersMax)) {
    throw new ActionError(
      `The input \`${input}\` has more than ${patternsMax} lines, or one of more than ${patternCharactersMax} characters.`,
    );
  }
  return patterns;
}

function readStatus(text: string): ReportInputs["status"] {
  return text === "success" || text === "cancelled" ? text : "failure";
}
