import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { describe, expect, it } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { progress } from "../../src/cli/progress.ts";

/** What somebody at a terminal of 80 columns gets to see. */
function aTerminal() {
  const stream = new PassThrough();
  let seen = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    seen += text;
  });
  return {
    progressTo: Object.assign(stream, { isTTY: true, columns: 80 }) as unknown as WriteStream,
    seen: () => seen,
  };
}

const io = (progressTo: WriteStream | null): Io => ({
  env: {},
  write: () => {},
  warn: () => {},
  readStdin: async () => "",
  hasColour: false,
  width: 80,
  canAsk: false,
  progressTo,
});

describe("progress", () => {
  it("says of what, how much is done of how much, and goes away", () => {
    const { progressTo, seen } = aTerminal();
    const { tick, done } = progress(io(progressTo), { label: "Judging changes", total: 3 });
    tick();
    tick(2);
    done();
    expect(seen()).toContain("Judging changes [");
    expect(seen()).toContain("0/3");
    expect(seen().length).toBeLessThan(1000);
  });

  it("shows nothing where there is nothing to do", () => {
    const { progressTo, seen } = aTerminal();
    progress(io(progressTo), { label: "Judging changes", total: 0 }).done();
    expect(seen()).toBe("");
  });

  it("does without a terminal", () => {
    const { tick, done } = progress(io(null), { label: "Judging changes", total: 3 });
    tick();
    done();
  });
});
