/** How often GitHub is asked, and written to, by kind of event. Counted in the simulated GitHub's own record. */

import { type BenchStage, startStage } from "./support/bench-stage.ts";
import { median, printTable } from "./support/figures.ts";

interface Kind {
  name: string;
  /** Before the counting starts. */
  prepare?(stage: BenchStage): number;
  act(stage: BenchStage, number: number): void;
}

const as = (stage: BenchStage, login: string) => stage.github.as(login, "acme/api");

const kinds: readonly Kind[] = [
  { name: "pull request opened, 20 files", prepare: () => 0, act: (stage) => void stage.openPullRequest(20) },
  { name: "review: approved", act: (stage, number) => void as(stage, "bob").approve(number) },
  { name: "review: commented", act: (stage, number) => void as(stage, "sam").review(number, "A question.") },
  { name: "comment", act: (stage, number) => void as(stage, "bob").comment(number, "Nice.") },
  {
    name: "comment: /holdpoint recheck",
    act: (stage, number) => void as(stage, "bob").comment(number, "/holdpoint recheck"),
  },
  { name: "label put on", act: (stage, number) => as(stage, "maria").label(number, "later") },
  { name: "description edited", act: (stage, number) => as(stage, "maria").edit(number, { body: `Why: ${number}` }) },
  {
    name: "synchronize: one file pushed",
    act: (stage, number) =>
      void as(stage, "maria").pushTo(number, { "src/part-0/more.ts": `const more = ${number};\n` }, "More"),
  },
  {
    name: "status of another service",
    act: (stage, number) => {
      const sha = stage.repository.pulls.get(number)?.head.sha ?? "";
      as(stage, "maria").setStatus(sha, { state: "success", context: "ci/build" });
    },
  },
  { name: "issue opened (irrelevant)", act: (stage) => void as(stage, "bob").openIssue("A question") },
  {
    name: "push to another branch (irrelevant)",
    act: (stage, number) => void as(stage, "bob").push(`topic-${number}`, { "a.md": `${number}\n` }, "Start"),
  },
  {
    name: "push to main that leaves the policy alone",
    act: (stage, number) => void as(stage, "olga").push("main", { "NOTES.md": `${number}\n` }, "Note"),
  },
];

const rounds = 5;

export async function run(): Promise<void> {
  const stage = await startStage();
  try {
    // Whatever is asked only once an hour, such as the installation's token, is asked here.
    as(stage, "bob").approve(stage.openPullRequest().number);
    await stage.settle();
    const rows = [];
    for (const kind of kinds) rows.push(await measure(stage, kind));
    printTable(["event", "requests", "of them writes", "which"], rows);
  } finally {
    await stage.stop();
  }
}

async function measure(stage: BenchStage, { name, prepare, act }: Kind): Promise<string[]> {
  const { requests } = stage.github;
  const all: number[] = [];
  const writes: number[] = [];
  let which = "";
  for (let round = 0; round < rounds; round += 1) {
    const number = (prepare ?? ((on) => on.openPullRequest().number))(stage);
    await stage.settle();
    requests.clear();
    act(stage, number);
    await stage.settle();
    all.push(requests.entries.length);
    writes.push(requests.entries.filter(({ method, graphql }) => method !== "GET" && graphql === null).length);
    which = Object.entries(requests.counts())
      .map(([route, count]) => `${count === 1 ? "" : `${count} × `}${route.replace("/repos/{owner}/{repo}/", "")}`)
      .join(", ");
  }
  return [name, String(median(all)), String(median(writes)), which];
}
