/** A mistake for programs. */

import type { Problem } from "../problem.ts";

export function problemJson({ code, severity, where, found, expected, fix }: Problem) {
  return {
    code,
    severity,
    file: where.file,
    line: where.line ?? null,
    column: where.column ?? null,
    key: where.key ?? null,
    found,
    expected,
    fix,
  };
}
