/** Values that several parts of a description share. */

import { z } from "zod";

export const login = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\[bot\])?$/, "an account's login, e.g. `lena` or `renovate[bot]`");

export const person = z
  .union([
    login,
    z.strictObject({
      login,
      id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().describe("The account's numeric id."),
      type: z.enum(["user", "bot", "ghost"]).optional().describe("`ghost`: a deleted account."),
    }),
  ])
  .describe("An account: its login, or `{ login, id, type }`. Logins without an id get one of their own.");
export type DescribedPerson = z.output<typeof person>;

export const time = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)), {
    message: "not a time",
    params: { expected: "a time in ISO 8601, such as 2026-11-20T16:00:00Z" },
  })
  .describe("A time in ISO 8601, such as `2026-11-20T16:00:00Z`.");

export const sha = z.string().min(1).max(64);
