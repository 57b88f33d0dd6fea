/** Prints a verdict and says which exit code it means. */

import { renderTerminal } from "../core/report/render-terminal.ts";
import { verdictJson } from "../core/report/verdict-json.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Judged } from "./judge.ts";

export function printVerdict({ verdict, telling }: Judged, { isJson, io }: { isJson: boolean; io: Io }): number {
  if (isJson) io.write(`${JSON.stringify(verdictJson(verdict, telling), null, 2)}\n`);
  else io.write(renderTerminal(verdict, telling, io));
  return verdict.isOpen ? exitCodes.open : exitCodes.held;
}
