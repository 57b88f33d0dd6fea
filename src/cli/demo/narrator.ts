/** Who tells the story: to people on a terminal, or to programs as one JSON object a line. */

import type { CheckRun } from "../../sandbox/state/checks.ts";
import type { Issue } from "../../sandbox/state/issues.ts";
import type { Io } from "../io.ts";
import { paint, span, wrapSpans } from "../styled-text.ts";
import { cast } from "./sample-world.ts";
import { showCheck } from "./show-check.ts";
import { type ShownDeployment, showDeployment } from "./show-deployment.ts";
import { showIssue } from "./show-issue.ts";
import { layOutTable } from "./terminal-table.ts";

export interface Addresses {
  github: string;
  app: string;
  repository: string;
}

export interface Narrator {
  open(): void;
  started(addresses: Addresses): void;
  chapter(title: string): void;
  /** @param deed what somebody does @param why what follows from it */
  deed(deed: string, why: string): void;
  check(run: CheckRun, pullRequest: number): void;
  issue(issue: Issue): void;
  deployment(deployment: ShownDeployment): void;
  close(): void;
  stay(commands: readonly string[]): void;
}

export function terminalNarrator(io: Io): Narrator {
  const options = { hasColour: io.hasColour, width: Math.min(io.width, 100) };
  const say = (text: string, ...styles: Parameters<typeof span>[1][]) => {
    const [lead = ""] = /^ */.exec(text) ?? [];
    const wrapped = wrapSpans([span(text.trim(), ...styles)], options.width - lead.length);
    for (const line of wrapped) io.write(`${lead}${paint(line, options.hasColour)}\n`);
  };
  let chapters = 0;
  const shown = new Map<number, string>();
  const issues = new Set<number>();
  const isKnown = ({ id, annotations }: CheckRun) => {
    const before = shown.get(id);
    const now = JSON.stringify(annotations);
    shown.set(id, now);
    return before === now;
  };
  return {
    open: () => say("Starting a simulated GitHub, and the App with a database of its own …", "dim"),
    started({ github, app, repository }) {
      const rows: [string, string][] = [
        ["simulated GitHub", github],
        ["App", app],
        ["repository", repository],
      ];
      for (const { logins, part } of cast) rows.push([logins.join(", "), part]);
      const table = rows.map(([name, text]) => [[span(name, "dim")], [span(text)]]);
      io.write("\n");
      for (const line of layOutTable(table, options.width - 2)) io.write(`  ${paint(line, options.hasColour)}\n`);
    },
    chapter(title) {
      chapters += 1;
      io.write("\n");
      say(`${chapters}. ${title}`, "bold");
    },
    deed(deed, why) {
      io.write("\n");
      say(`→ ${deed}`, "cyan");
      if (why !== "") say(`  ${why}`);
    },
    check: (run, pullRequest) => io.write(showCheck(run, pullRequest, options, isKnown(run))),
    issue(issue) {
      io.write(showIssue(issue, options, issue.kind === "pull" || issues.has(issue.number)));
      issues.add(issue.number);
    },
    deployment: (deployment) => io.write(showDeployment(deployment, options)),
    close() {
      io.write("\n");
      say("That was the story: every check came out as told.", "bold");
    },
    stay(commands) {
      io.write("\n");
      say("Go on yourself, in a second terminal; every change of a check appears here. Ctrl-C ends everything.");
      io.write("\n");
      for (const command of commands) io.write(`  ${command}\n`);
    },
  };
}

export function jsonNarrator(io: Io): Narrator {
  const write = (kind: string, data: object = {}) => io.write(`${JSON.stringify({ kind, ...data })}\n`);
  return {
    open: () => write("starting"),
    started: (addresses) => write("started", addresses),
    chapter: (title) => write("chapter", { title }),
    deed: (deed, why) => write("deed", { deed, why }),
    check: ({ id, name, status, conclusion, output, annotations }, pullRequest) =>
      write("check", { pullRequest, id, name, status, conclusion, ...output, annotations }),
    issue: ({ number, title, state, body, comments }) =>
      write("issue", { number, title, state, body, comments: comments.map((comment) => comment.body) }),
    deployment: (deployment) => write("deployment", deployment),
    close: () => write("told"),
    stay: (commands) => write("staying", { commands }),
  };
}
