import { z } from "zod";
import { strengths } from "../../findings/finding.ts";
import { suppressionSchema } from "./suppression.ts";
import { glob, globs } from "./values.ts";

const thresholds = {
  hold_at: z
    .enum(strengths)
    .optional()
    .describe("From which strength of evidence a checkpoint holds. Default `proven`."),
  ask_at: z
    .enum(strengths)
    .optional()
    .describe("From which strength the change counts as one of this class for workflows. Default `likely`."),
};
const ignore = globs.optional().describe("Files whose findings of this class are left out.");

export const classificationSchema = z
  .strictObject({
    breaking_change: z
      .strictObject({
        ...thresholds,
        public: globs
          .optional()
          .describe("Entry files that make up the public interface, where package manifests do not say."),
        labels: z
          .array(z.string().min(1).max(100))
          .optional()
          .describe(
            "Labels by which authors declare a breaking change. Default `breaking`, `breaking-change`, `breaking change`, `semver:major`, `kind/api-change`.",
          ),
        ignore,
      })
      .optional()
      .describe("Changes of what others rely on."),
    security: z
      .strictObject({
        ...thresholds,
        paths: globs
          .optional()
          .describe(
            "Security-sensitive files of this repository: that one of them changes is `proven`. Paths that only sound like it (`auth`, `session`) inform.",
          ),
        ignore,
      })
      .optional()
      .describe("Changes that touch security."),
    architecture: z
      .strictObject({
        ...thresholds,
        layers: z
          .array(
            z.strictObject({
              from: glob.describe("Files that import."),
              never: globs.describe("Files that they must not import."),
            }),
          )
          .optional()
          .describe("Imports that must not be: files of `from` never import files of `never`."),
        ignore,
      })
      .optional()
      .describe("Changes of the structure."),
    performance: z
      .strictObject({ ...thresholds, hot_paths: globs.optional().describe("Files where performance matters."), ignore })
      .optional()
      .describe("Changes that may cost speed."),
    size: z
      .strictObject({
        generated: globs.optional().describe("Generated files, beside those that are recognised."),
        vendored: globs.optional().describe("Vendored files, beside those that are recognised."),
      })
      .optional()
      .describe("What does not count towards the size of a change."),
    suppress: z
      .array(suppressionSchema)
      .max(200)
      .optional()
      .describe("Findings that are left out, each with the reason. They are shown apart and count for nothing."),
  })
  .describe("What kind of change counts as what, and from which strength of evidence.");
