import { z } from "zod";
import { login, name, permission, teamName } from "./values.ts";

/** Whom a block of people names: the union of what is listed. Identity is the account id, read now. */
export const peopleSchema = z.strictObject({
  users: z.array(login).optional().describe("Accounts by login."),
  teams: z.array(teamName).optional().describe("Teams as `organisation/team-slug`; members of child teams count."),
  organizations: z.array(login).optional().describe("Members of these organisations."),
  roles: z.array(name).optional().describe("Roles of this policy."),
  permission: permission.optional().describe("Everybody who holds at least this repository permission."),
});
export type People = z.output<typeof peopleSchema>;

/** A block of people that must name somebody: nobody is never what was meant. */
export const somebodySchema = peopleSchema.refine(
  (people) =>
    Object.values(people).some((value) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  {
    message: "this names nobody",
    params: { expected: "at least one of users, teams, organizations, roles, permission" },
  },
);

export const roleSchema = z
  .strictObject({
    permission: permission.optional().describe("Everybody who holds at least this repository permission."),
    teams: z.array(teamName).optional().describe("Members of these teams, child teams included."),
    users: z.array(login).optional().describe("These accounts."),
    organizations: z.array(login).optional().describe("Members of these organisations."),
    codeowners: z
      .union([z.boolean(), z.literal("all")])
      .optional()
      .describe(
        "The owners that CODEOWNERS names for the changed files: `true`, any owner of any of them; `all`, every owned file needs an owner of its own.",
      ),
  })
  .refine(
    (role) =>
      Object.values(role).some(
        (value) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
      ),
    {
      message: "this role names nobody",
      params: { expected: "at least one of permission, teams, users, organizations, codeowners" },
    },
  );
export type Role = z.output<typeof roleSchema>;

export const rolesSchema = z
  .record(name, roleSchema)
  .describe("Who may release what: role names mapped to teams, users, organisations, permissions or CODEOWNERS.");
