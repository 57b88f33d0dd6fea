import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMark } from "../../../src/core/findings/ignore-marks.ts";
import { classifyStory, type Story } from "../../support/changes.ts";

const mark = "holdpoint-ignore";

describe("a comment", () => {
  it.each([
    [`// ${mark} some_rule until 2027-01-31: agreed with the users`, "2027-01-31", "agreed with the users"],
    [`foo(); // ${mark} some_rule until 2027-01-31: agreed with the users`, "2027-01-31", "agreed with the users"],
    [`# ${mark} some_rule until 2027-01-31: agreed`, "2027-01-31", "agreed"],
    [`-- ${mark} some_rule until 2027-01-31: agreed`, "2027-01-31", "agreed"],
    [`/* ${mark} some_rule until 2027-01-31: agreed */`, "2027-01-31", "agreed"],
    [`{/* ${mark} some_rule until 2027-01-31: agreed */}`, "2027-01-31", "agreed"],
    [`<!-- ${mark} some_rule until 2027-01-31: agreed -->`, "2027-01-31", "agreed"],
    [` * ${mark} some_rule until 2027-01-31: agreed`, "2027-01-31", "agreed"],
    [`; ${mark} some_rule until 2027-01-31: agreed`, "2027-01-31", "agreed"],
    [`REM ${mark} some_rule until 2027-01-31: agreed`, "2027-01-31", "agreed"],
    [`// ${mark} some_rule: agreed`, null, "agreed"],
    [`// ${mark} some_rule until 2027-02-30: agreed`, null, "agreed"],
    [`// ${mark} some_rule until 2027-01-31`, "2027-01-31", ""],
    [`// ${mark} some_rule`, null, ""],
  ])("%s", (line, until, reason) => {
    expect(readMark(line)).toEqual({ rule: "some_rule", until, reason });
  });

  it.each([`const text = "${mark} some_rule until 2027-01-31: agreed";`, `// ${mark}`, `// ${mark} Some: x`, "// x"])(
    "is none: %s",
    (line) => expect(readMark(line)).toBeNull(),
  );

  it("is read from any text without throwing, and quickly", () => {
    fc.assert(fc.property(fc.string(), (text) => void readMark(`// ${mark}${text}`)));
    readMark(`// ${mark}${" ".repeat(200_000)}`);
    readMark(`${"/".repeat(200_000)}${mark} a until 2027-01-31: b`);
  });
});

const path = ".github/workflows/ci.yml";
const pinned = "uses: acme/setup@0123456789012345678901234567890123456789";
const tagged = "uses: acme/setup@main";
const until = "until 2027-01-31: our own action, released by us";
const injected = "- run: echo $" + "{{ github.event.issue.title }}";
const said = `# ${mark} workflow_expression_injected until 2027-01-31: titles come from our own people`;
const note = `# ${mark} workflow_action_unpinned ${until}`;

function workflow(...steps: string[]): string {
  return `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      ${step}\n`).join("")}      - run: "true"\n`;
}

async function marksOf(story: Story) {
  const { classes } = await classifyStory(story);
  return classes.security.findings
    .filter(({ rule }) => rule === "workflow_action_unpinned" || rule === "workflow_expression_injected")
    .map((finding) => finding.mark);
}

const change = (before: string[], after: string[]): Story => ({
  files: { [path]: [workflow(...before), workflow(...after)] },
});

describe("a comment beside a finding", () => {
  it.each<[string, string[], string[], string | null]>([
    ["stood above the line that is edited", [note, `- ${pinned}`], [note, `- ${tagged}`], null],
    ["stood on the line that is edited", [`- ${pinned} ${note}`], [`- ${tagged} ${note}`], null],
    [
      "was moved in with the line that is edited",
      [note, `- ${pinned}`],
      [`#  ${mark} workflow_action_unpinned ${until}`, `- ${tagged}`],
      null,
    ],
    ["came above the line with this change", [`- ${pinned}`], [note, `- ${tagged}`], "new"],
    ["came on the line with this change", [`- ${pinned}`], [`- ${tagged} ${note}`], "new"],
    ["was put off in this change", [note.replace("2027", "2026"), `- ${pinned}`], [note, `- ${tagged}`], "new"],
    ["stands above another line that stays", [said, "- run: a"], [said, injected, "- run: a"], "elsewhere"],
    [
      "was taken to the place of another line",
      [said, "- run: a", "- run: b", "- run: c", "- run: d", "- run: e", "- run: f", "- run: g"],
      ["- run: a", "- run: b", "- run: c", "- run: d", "- run: e", "- run: f", "- run: g", said, injected],
      "new",
    ],
    [
      "names no day",
      [`# ${mark} workflow_action_unpinned: our own action`, `- ${pinned}`],
      [`# ${mark} workflow_action_unpinned: our own action`, `- ${tagged}`],
      "incomplete",
    ],
    [
      "gives hardly a reason",
      [`# ${mark} workflow_action_unpinned until 2027-01-31: ours`, `- ${pinned}`],
      [`# ${mark} workflow_action_unpinned until 2027-01-31: ours`, `- ${tagged}`],
      "incomplete",
    ],
  ])("that %s", async (_, before, after, fault) => {
    for (const isPatchOnly of [false, true]) {
      expect(await marksOf({ ...change(before, after), isPatchOnly })).toEqual([
        expect.objectContaining({ fault, line: expect.any(Number) }),
      ]);
    }
  });

  it("about another rule, or further away, says nothing of it", async () => {
    const other = `# ${mark} workflow_changed ${until}`;
    expect(await marksOf(change([other, `- ${pinned}`], [other, `- ${tagged}`]))).toEqual([null]);
    expect(await marksOf(change([note, "- run: a", `- ${pinned}`], [note, "- run: a", `- ${tagged}`]))).toEqual([null]);
  });

  it("in a new file came with the change", async () => {
    expect(await marksOf({ files: { [path]: [null, workflow(said, injected)] } })).toEqual([
      expect.objectContaining({ fault: "new" }),
    ]);
  });

  it("beside what was removed stood before, by what was removed", async () => {
    const comment = `// ${mark} export_removed until 2027-01-31: nobody outside uses it`;
    const { classes } = await classifyStory({
      files: { "src/a.ts": [`export const a = 1;\n${comment}\nexport const b = 2;\n`, "export const a = 1;\n"] },
    });
    expect(classes.breaking_change.findings.map(({ rule, mark: met }) => [rule, met])).toEqual([
      ["export_removed", { line: 2, until: "2027-01-31", reason: "nobody outside uses it", fault: null }],
    ]);
  });

  it("never speaks for a secret, and shows none", async () => {
    const secret = `ghp_${"wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO"}0pINUx`;
    const comment = `# ${mark} secret_added until 2027-01-31: it is only ${secret} after all`;
    const { classes } = await classifyStory({
      files: { "a.sh": [`${comment}\nKEY=1\n`, `${comment}\nKEY=${secret}\n`] },
    });
    const found = classes.security.findings.filter(({ rule }) => rule === "secret_added");
    expect(found.map(({ mark: met }) => met?.fault)).toEqual(["secret"]);
    expect(JSON.stringify(classes)).not.toContain(secret);
  });
});
