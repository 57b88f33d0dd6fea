import { defineDetector, type Observation } from "../detector.ts";
import { largeFiles, largeLines } from "../weights.ts";
import { countSize } from "./count-size.ts";

/** Reports changes that one review does not read well, and files that newly say they are generated. */
export const largeChange = defineDetector({
  id: "large_change",
  class: "size",
  title: "large changes",
  why: "Reviewers find fewer faults the more they read at once.",
  rules: {
    change_is_large: {
      title: "more than one review reads well",
      why: "Beyond about 400 lines reviewers find markedly fewer faults.",
      fix: "Split the pull request, or review it commit by commit.",
      looksAt:
        "Lines that a person has to read: 400 lines or 50 files and more. Generated, vendored, lock and snapshot files are left out, and lines that only moved count once.",
    },
    generated_mark_added: {
      title: "a file now says that it is generated",
      why: "Its lines are no longer counted; that should be because a tool writes them.",
      fix: "Name the tool that writes it, or take the mark away.",
      looksAt:
        "Marks such as `@generated` and `Code generated … DO NOT EDIT` near a file's start that were not there before.",
    },
  },
  detect: ({ files }) => {
    const observations: Observation[] = [];
    const size = countSize(files);
    if (size.changed >= largeLines || size.files >= largeFiles) {
      observations.push({
        rule: "change_is_large",
        strength: "likely",
        what: `${size.changed} lines in ${size.files} ${size.files === 1 ? "file" : "files"} to read`,
      });
    }
    for (const file of files) {
      if (file.leftOut !== "says that it is generated") continue;
      const mark = file.lines.find(({ kind, text }) => kind === "added" && /generated|do not edit/i.test(text));
      if (!mark) continue;
      observations.push({
        rule: "generated_mark_added",
        strength: "hint",
        what: `\`${file.path}\` now says that it is generated`,
        path: file.path,
        line: mark.line,
        after: mark.text.trim(),
      });
    }
    return { observations };
  },
});
