/** SQL with its values written into it: PostgreSQL takes several statements in one message only without parameters. */

import pg from "pg";

/** @throws {TypeError} for what PostgreSQL's text cannot hold, and for numbers that are not whole */
export function inlineSql(parts: TemplateStringsArray, ...values: (string | number | Date | null)[]): string {
  return String.raw({ raw: parts }, ...values.map(literal));
}

function literal(value: string | number | Date | null): string {
  if (value === null) return "null";
  if (value instanceof Date) return literal(value.toISOString());
  if (typeof value === "string") {
    // It would end the message where it stands.
    if (value.includes("\0")) throw new TypeError("PostgreSQL's text cannot hold NUL");
    return pg.escapeLiteral(value);
  }
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`);
  return `(${value})`;
}
