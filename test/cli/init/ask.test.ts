import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { askWishes, askYes } from "../../../src/cli/init/ask.ts";
import type { Survey } from "../../../src/cli/init/survey-repository.ts";
import { InterruptedError } from "../../../src/cli/interrupted-error.ts";

const keys = { enter: "\r", down: "\u001b[B", ctrlC: "\u0003" };

/** A terminal at which somebody presses these keys, one whenever a question was drawn. */
function typing(...pressed: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const waiting = [...pressed];
  output.on("data", () => {
    const key = waiting.shift();
    if (key !== undefined) setImmediate(() => input.write(key));
  });
  return { input, output };
}

const survey: Survey = {
  kind: "library",
  languages: ["Go"],
  packages: [""],
  hasInterfaceDescriptions: false,
  hasCodeowners: false,
  hasTests: true,
  testWorkflows: [],
  requiredWorkflow: null,
  hasCodeScanning: false,
  hasBenchmarks: false,
  security: [],
  hotPaths: [],
  migrations: [],
  infrastructure: [],
  generated: [],
  vendored: [],
  owner: null,
  name: null,
  defaultBranch: null,
  teams: [],
  isOpen: true,
  template: null,
};

describe("the questions of init", () => {
  it("start at what fits the repository", async () => {
    const wishes = await askWishes(survey, null, typing(keys.enter, keys.enter));
    expect(wishes).toEqual({ preset: "open-source", mode: "enforce" });
    expect(await askWishes({ ...survey, isOpen: false }, null, typing(keys.enter, keys.enter))).toEqual({
      preset: null,
      mode: "enforce",
    });
  });

  it("do not ask for what was given", async () => {
    expect(await askWishes(survey, "startup", typing(keys.enter))).toEqual({ preset: "startup", mode: "enforce" });
  });

  it("end at Ctrl-C", async () => {
    await expect(askWishes(survey, null, typing(keys.ctrlC))).rejects.toThrow(InterruptedError);
    await expect(askYes("Replace it?", typing(keys.ctrlC))).rejects.toThrow(InterruptedError);
  });

  it("take Enter for no where something would be lost", async () => {
    expect(await askYes("Replace it?", typing(keys.enter))).toBe(false);
    expect(await askYes("Replace it?", typing("y"))).toBe(true);
  });
});
