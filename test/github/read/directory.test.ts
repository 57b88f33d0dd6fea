import { describe, expect, it } from "vitest";
import type { DirectoryWanted } from "../../../src/handlers/github-port.ts";
import { aStage } from "../stage.ts";

const nothing: DirectoryWanted = { teams: [], organizations: [], permissionsOf: [], codeownersOf: null };

async function aStageWithPullRequest(files: Record<string, string> = {}) {
  const stage = await aStage();
  if (Object.keys(files).length > 0) stage.sandbox.as("olga").push("main", files, "Before");
  const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const subject = stage.subject(number);
  const person = (login: string) => ({ id: stage.sandbox.user(login).id, login, kind: "user" as const });
  stage.asked();
  return Object.assign(stage, { pull: subject, person });
}

describe("readDirectory", () => {
  it("asks nothing when nothing is wanted", async () => {
    await using stage = await aStageWithPullRequest();
    const directory = await stage.github.readDirectory(stage.pull, nothing);
    expect(directory).toEqual({
      teams: {},
      organizations: {},
      permissions: {},
      codeowners: { kind: "missing" },
      busy: [],
    });
    expect(stage.asked()).toEqual([]);
  });

  it("counts the members of child teams, over several pages", async () => {
    await using stage = await aStageWithPullRequest();
    const names = Array.from({ length: 120 }, (_, i) => `dev-${i}`);
    stage.sandbox.createTeam(stage.acme, "Red team", names, { parent: stage.security });
    const { teams } = await stage.github.readDirectory(stage.pull, { ...nothing, teams: ["acme/security"] });
    const security = teams["acme/security"];
    expect(security?.kind === "read" && security.value.map(({ login }) => login).sort()).toEqual(
      [...names, "sam"].sort(),
    );
    expect(stage.asked()).toEqual(["POST /graphql Members", "POST /graphql TeamMembers"]);
  });

  it.each([
    { name: "admin", login: "olga", value: "admin" },
    { name: "write", login: "bob", value: "write" },
    { name: "none", login: "stranger", value: "none" },
  ])("knows who has $name", async ({ login, value }) => {
    await using stage = await aStageWithPullRequest();
    stage.api.isPrivate = true;
    const person = stage.person(login);
    const { permissions } = await stage.github.readDirectory(stage.pull, { ...nothing, permissionsOf: [person] });
    expect(permissions).toEqual({ [person.id]: { kind: "read", value } });
  });

  it("does not give one account what another of the same login may do", async () => {
    await using stage = await aStageWithPullRequest();
    const person = { ...stage.person("olga"), id: 1 };
    const { permissions } = await stage.github.readDirectory(stage.pull, { ...nothing, permissionsOf: [person] });
    expect(permissions[1]).toMatchObject({ kind: "unreadable" });
  });

  it("keeps an answer until it is told of a change, or asked for a fresh one", async () => {
    await using stage = await aStageWithPullRequest();
    const wanted = { ...nothing, teams: ["acme/security"] };
    const logins = async (more: Partial<DirectoryWanted> = {}) => {
      const team = (await stage.github.readDirectory(stage.pull, { ...wanted, ...more })).teams["acme/security"];
      return team?.kind === "read" ? team.value.map(({ login }) => login).sort() : team?.kind;
    };
    expect(await logins()).toEqual(["sam"]);
    stage.sandbox.addToTeam(stage.security, "bob");
    expect(await logins()).toEqual(["sam"]);
    expect(await logins({ fresh: true })).toEqual(["bob", "sam"]);
    stage.sandbox.removeFromTeam(stage.security, "sam");
    expect(await logins()).toEqual(["bob", "sam"]);
    stage.github.forgetDirectory(stage.installation.id);
    expect(await logins()).toEqual(["bob"]);
  });

  it("asks for permissions by ETag once it has them", async () => {
    await using stage = await aStageWithPullRequest();
    const wanted = { ...nothing, permissionsOf: [stage.person("olga")], fresh: true };
    await stage.github.readDirectory(stage.pull, wanted);
    const { permissions } = await stage.github.readDirectory(stage.pull, wanted);
    expect(permissions).toEqual({ [stage.person("olga").id]: { kind: "read", value: "admin" } });
    expect(stage.requests.map(({ status }) => status).slice(-2)).toEqual([200, 304]);
  });

  it("says what may not be read", async () => {
    await using stage = await aStageWithPullRequest();
    const error = { type: "FORBIDDEN", path: ["org0", "team0"], message: "Resource not accessible by integration" };
    const body = { data: { org0: { login: "acme", team0: null } }, errors: [error] };
    stage.sandbox.faults.failNext({ graphql: "Members" }, { kind: "answer", status: 200, body });
    const { teams } = await stage.github.readDirectory(stage.pull, { ...nothing, teams: ["acme/security"] });
    expect(teams).toEqual({ "acme/security": { kind: "unreadable", reason: error.message } });
  });
});

describe("code owners", () => {
  it("are the people behind the last matching line, read from the base branch", async () => {
    await using stage = await aStageWithPullRequest({
      CODEOWNERS: "* @olga\n/src/ @acme/security @nobody-at-all\n/docs/\n!lib/ @olga\n",
    });
    stage.sandbox.as("maria").pushTo(stage.pull.number, { CODEOWNERS: "* @maria\n" }, "Mine now");
    const { codeowners, codeownersProblems } = await stage.github.readDirectory(stage.pull, {
      ...nothing,
      codeownersOf: ["a.txt", "src/a.ts", "docs/a.md"],
    });
    expect(codeownersProblems).toEqual([
      { line: 2, found: "@nobody-at-all is nobody's account" },
      { line: 4, found: "the pattern !lib/ cannot be read, so that the line is left out" },
    ]);
    expect(codeowners).toEqual({
      kind: "read",
      value: { "a.txt": [stage.person("olga")], "src/a.ts": [stage.person("sam")], "docs/a.md": [] },
    });
  });

  it.each([
    { name: "there is no file", files: { "x.txt": "" }, as: { kind: "missing" } },
    {
      name: "they are e-mail addresses alone",
      files: { CODEOWNERS: "* olga@acme.example\n" },
      as: { kind: "unreadable" },
    },
    { name: "their team does not exist", files: { CODEOWNERS: "* @acme/nobody\n" }, as: { kind: "unreadable" } },
    {
      name: "the file in .github counts first",
      files: { CODEOWNERS: "* @bob\n", ".github/CODEOWNERS": "* @olga\n" },
      as: { kind: "read", value: { "a.txt": [{ login: "olga" }] } },
    },
  ])("are $as.kind where $name", async ({ files, as }) => {
    await using stage = await aStageWithPullRequest(files as unknown as Record<string, string>);
    const { codeowners } = await stage.github.readDirectory(stage.pull, { ...nothing, codeownersOf: ["a.txt"] });
    expect(codeowners).toMatchObject(as);
  });
});
