import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface Child {
  process: ChildProcess;
  pid: number;
  lines: string[];
  /** Resolves with the first line that starts so, said already or still to come; rejects when the process ends first. */
  says(start: string): Promise<string>;
  ended: Promise<void>;
}

/** Runs a TypeScript file in a process of its own, killed at the end of the test if it still lives. */
export function startChild(file: string, args: string[], as: { uid?: number; gid?: number } = {}): Child {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    ...as,
  });
  const lines: string[] = [];
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const says = (start: string): Promise<string> => {
    const said = new Promise<string>((resolve) => {
      const look = (): void => {
        const line = lines.find((each) => each.startsWith(start));
        if (line !== undefined) resolve(line);
      };
      listeners.push(look);
      look();
    });
    const tooLate = ended.then(() => {
      throw new Error(`Ended without saying "${start}":\n${lines.join("\n")}`);
    });
    tooLate.catch(() => {}); // Of no interest once the line was said.
    return Promise.race([said, tooLate]);
  };
  return { process: child, pid: child.pid ?? -1, lines, says, ended };
}
