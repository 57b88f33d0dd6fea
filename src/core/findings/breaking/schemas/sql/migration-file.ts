/** Which SQL files change a database, and the part of them that is run on the way up. */

import { nameOf } from "../../../file-role.ts";

const folder =
  /(^|\/)(migrations?|migrate|alembic|flyway|goose|dbmate|liquibase|db|database|drizzle|supabase|schema_?changes)\//i;

/** `V2__add.sql` (Flyway), `20260101120000_add.sql`, `0003-add.up.sql`. */
const named = /^(v\d{1,20}([._]\d{1,10}){0,5}__|\d{3,20}[-_.])|\.up\.sql$/i;

/** Taken only on the way back: `down.sql`, `3_add.down.sql`, `U2__add.sql`, `rollback.sql`. */
const backwards = /(^|[._-])(down|undo|rollback|revert)\.sql$|^U\d{1,20}([._]\d{1,10}){0,5}__/i;

export function isMigration(path: string): boolean {
  const name = nameOf(path);
  if (
    !/\.sql$/i.test(name) ||
    isDump(path) ||
    backwards.test(name) ||
    /(^|\/)(seeds?|queries|down|rollbacks?)\//i.test(path)
  )
    return false;
  return folder.test(path) || named.test(name);
}

/** The whole schema as a program writes it out: `schema.sql`, `structure.sql`. */
export function isDump(path: string): boolean {
  return /^(schema|structure)\.sql$/i.test(nameOf(path));
}

const goingDown = /^\s{0,20}--\s{0,5}(\+goose|\+migrate|migrate:|\+micrate|rambler)\s{0,5}down\b/i;
const goingUp = /^\s{0,20}--\s{0,5}(\+goose|\+migrate|migrate:|\+micrate|rambler)\s{0,5}up\b/i;

/** Blanks what is run on the way back, and lines for the shell `psql`; line numbers stay. */
export function upPart(text: string): string {
  let isDown = false;
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => {
      const start = line.slice(0, 200);
      if (goingDown.test(start)) isDown = true;
      else if (goingUp.test(start)) isDown = false;
      return isDown || line.startsWith("\\") ? "" : line;
    })
    .join("\n");
}
