import { nothingKnown, restoreAnswer, unknownVersion } from "../../core/report/loop-answers.ts";
import { readSession } from "../../core/rounds/session.ts";
import type { CommandHandler } from "./command.ts";

/** `/holdpoint restore vN`: a branch at that version, and how to take it; the pull request's own branch is its author's. */
export const restore: CommandHandler = async ({ subject, command, reading, dossier }, { github, urls }) => {
  const saved = readSession(dossier.session);
  if (saved.kind !== "read") return { reaction: "confused", comment: nothingKnown };
  const { versions } = saved.session;
  const number = /^v?(\d{1,6})$/i.exec(command.rest)?.[1];
  const version = versions.find((one) => number !== undefined && one.number === Number(number));
  if (version === undefined) {
    const known = versions.map((one) => one.number);
    return { reaction: "confused", comment: unknownVersion(command.rest, known) };
  }
  const name = `holdpoint/restore-${subject.number}-v${version.number}`;
  const outcome = await github.createBranch(subject, { name, sha: version.headSha });
  const { owner, name: repository } = reading.snapshot.repository;
  const branch = outcome === "refused" ? null : name;
  const url = `${urls.server}/${owner}/${repository}.git`;
  return { reaction: branch === null ? "confused" : "+1", comment: restoreAnswer({ version, branch, url }) };
};
