import { expect, it } from "vitest";
import { cleanText, readLogLines, shorten, tailOf } from "../../../src/core/failures/log-text.ts";
import { reportLimits } from "../../../src/core/failures/report-limits.ts";

const esc = "\u001b";

it.each([
  { name: "colours", text: `${esc}[1;31mfailed${esc}[0m`, lines: ["failed"] },
  { name: "colours without their escape character", text: "[31mfailed[0m", lines: ["failed"] },
  { name: "a duration in brackets", text: "rate(x[5m])", lines: ["rate(x[5m])"] },
  { name: "a link", text: `${esc}]8;;https://acme.dev${esc}\\here${esc}]8;;${esc}\\ it is`, lines: ["here it is"] },
  { name: "a title of the window", text: `${esc}]0;title\u0007text`, lines: ["text"] },
  { name: "a sequence that is cut off", text: `a${esc}[`, lines: ["a"] },
  { name: "time stamps of the runner", text: "2026-11-21T10:00:00.1234567Z it broke", lines: ["it broke"] },
  {
    name: "a time stamp that belongs to the line",
    text: "at 2026-11-21T10:00:00Z",
    lines: ["at 2026-11-21T10:00:00Z"],
  },
  { name: "a byte order mark", text: "\uFEFF2026-11-21T10:00:00.1Z first", lines: ["first"] },
  { name: "progress that was written over", text: "10 %\r50 %\r100 %\ndone", lines: ["100 %", "done"] },
  { name: "progress that was wiped at last", text: "10 %\r50 %\r     \r", lines: ["50 %"] },
  { name: "line ends of Windows", text: "a\r\nb\r\n", lines: ["a", "b"] },
  { name: "control characters", text: "a\u0000b\u0008c\td", lines: ["abc\td"] },
  { name: "empty lines at the end", text: "a\n\nb\n\n \n", lines: ["a", "", "b"] },
  { name: "nothing", text: "", lines: [] },
  { name: "marks of groups", text: "##[error]it broke", lines: ["##[error]it broke"] },
])("$name", ({ text, lines }) => {
  expect(readLogLines(text)).toEqual(lines);
});

it("a text of several lines is cleared as a log is", () => {
  expect(cleanText(`\n\n${esc}[31mExpected 1${esc}[39m\r\n  to be 2\n`)).toBe("Expected 1\n  to be 2");
});

it("the tail is the last lines, and says how many stood before", () => {
  const lines = Array.from({ length: reportLimits.logLines + 7 }, (_, index) => `line ${index}`);
  const tail = tailOf("test.log", lines, 1_000_000);
  expect(tail.lines).toHaveLength(reportLimits.logLines);
  expect(tail.lines.at(-1)).toBe(lines.at(-1));
  expect(tail.lines_left_out).toBe(7);
});

it("the tail keeps to the characters that it is given", () => {
  expect(tailOf("test.log", ["aaaa", "bbbb", "cccc"], 10)).toEqual({
    source: "test.log",
    lines: ["bbbb", "cccc"],
    lines_left_out: 1,
  });
});

it("a long line keeps its start and its end", () => {
  const line = `start ${"x".repeat(5_000)} end`;
  const [cut = ""] = tailOf("test.log", [line], 10_000).lines;
  expect(cut).toHaveLength(reportLimits.lineCharacters);
  expect(cut).toMatch(/^start x+ … x+ end$/);
});

it("a text is never cut within a character", () => {
  expect(shorten("😀".repeat(20), 14).isWellFormed()).toBe(true);
});
