/** The lines around a finding, before and after, as they may be shown: what reads as a secret is cut out. */

import { baseText, headText } from "../findings/detector.ts";
import type { Finding } from "../findings/finding.ts";
import { rulesNamed } from "../findings/rule-ids.ts";
import { redactLines } from "../findings/security/secrets/redact.ts";
import type { ChangedFile, Contents } from "../snapshot.ts";
import { renderLines } from "./code-frame.ts";

export interface FindingFrames {
  before: string | null;
  after: string | null;
}

const neighbours = 2;

/** @param file the changed file that it stands in; what is not one has no lines to show */
export async function findingFrames(
  finding: Finding,
  file: ChangedFile | undefined,
  contents: Contents,
): Promise<FindingFrames> {
  // Around a secret there may be more of it.
  if (file === undefined || rulesNamed("secret_detected").includes(finding.rule)) return { before: null, after: null };
  const { line, counterLine, side } = finding;
  const [baseLine, headLine] = side === "base" ? [line, counterLine] : [counterLine, line];
  return {
    before: await frame(baseText(contents, file), baseLine),
    after: await frame(headText(contents, file), headLine),
  };
}

async function frame(text: string | null | undefined, line: number | null): Promise<string | null> {
  if (typeof text !== "string" || line === null) return null;
  const lines = text.split(/\r?\n/);
  if (line > lines.length) return null;
  const first = Math.max(1, line - neighbours);
  const shown = await redactLines(lines.slice(first - 1, line + neighbours).map((one) => one.slice(0, 400)));
  return renderLines(shown, first, line);
}
