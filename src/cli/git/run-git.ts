/** Runs git for reading only. Nothing of the repository is executed: no hooks, no external diff, no text conversion, no pager, no fetch. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { GitError } from "./git-error.ts";

/** Most bytes that one git command may answer with: a patch of a whole monorepo fits, memory stays bounded. */
const outputBytesMax = 256 * 1024 * 1024;

const safeConfig = [
  "core.quotePath=false",
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=cat",
  "diff.mnemonicPrefix=false",
  "diff.noprefix=false",
  "protocol.allow=never", // also keeps partial clones from fetching what they lack
].flatMap((setting) => ["-c", setting]);

export interface Git {
  /** @throws {GitError} when git fails */
  run(args: readonly string[], input?: string | Buffer): Promise<Buffer>;
  text(args: readonly string[]): Promise<string>;
}

/** @param env of this process; git is given only what it needs to start */
export function gitIn(directory: string, env: NodeJS.ProcessEnv): Git {
  const run: Git["run"] = (args, input) => runGit(directory, env, args, input);
  return { run, text: async (args) => (await run(args)).toString("utf8") };
}

/** A git process for what is too much to hold at once; whoever starts it reads its output and sees to its end. */
export function startGit(
  directory: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn("git", ["--no-pager", "--no-optional-locks", "--literal-pathspecs", ...safeConfig, ...args], {
    cwd: directory,
    env: gitEnvironment(env),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

function runGit(
  directory: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input?: string | Buffer,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = startGit(directory, env, args);
    const output: Buffer[] = [];
    let sizeBytes = 0;
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > outputBytesMax) child.kill();
      else output.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(0, 2000);
    });
    child.on("error", (error: NodeJS.ErrnoException) => reject(new GitError(startFailure(error, directory), args)));
    child.on("close", (code) => {
      if (sizeBytes > outputBytesMax) reject(new GitError("git answered with more than 256 MiB", args));
      else if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitError(failureOf(complaint) ?? `git ended with ${code}`, args));
    });
    // git may end before it has read everything; its exit code says more than the broken pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

function failureOf(complaint: string): string | undefined {
  // Nothing is fetched here: what a partial clone lacks, its owner has to bring.
  if (/lazy fetching disabled|promisor remote/.test(complaint)) {
    return "This clone is partial and lacks contents of files. Fetch them with: git fetch --refetch --no-filter";
  }
  return complaint.trim().split("\n")[0];
}

/** Only what git needs to start; settings of the machine's owner must not change what is read. */
function gitEnvironment({ PATH, HOME, SystemRoot }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    PATH,
    HOME,
    SystemRoot,
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
  };
}

export function startFailure(error: NodeJS.ErrnoException, directory: string): string {
  if (error.code === "ENOENT") return `git or the directory ${directory} is not there`;
  return error.code === "ENOTDIR" ? `${directory} is not a directory` : `git could not be started: ${error.message}`;
}
