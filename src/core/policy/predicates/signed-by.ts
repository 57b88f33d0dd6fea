import { somebodySchema } from "../blocks/roles.ts";
import { type Holds, isOneOf } from "../resolve-role.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when every commit bears a verified signature of one of these people. */
export const signedBy = definePredicate({
  key: "signed_by",
  schema: somebodySchema.describe("People, one of whom signed each commit, verified by GitHub."),
  example: { roles: ["release_manager"] },
  reads: ["commits", "directory", "incomplete"],
  test: (wanted, facts) => {
    const { commits } = facts.snapshot;
    const answers = commits.map((commit): Holds => {
      const signer = commit.signature?.isValid ? commit.signature.signer : null;
      return signer === null ? false : isOneOf(signer, wanted, facts);
    });
    const saw = sample(
      commits.map((commit) =>
        commit.signature?.isValid ? (commit.signature.signer?.login ?? "somebody unknown") : "unsigned",
      ),
      "no commits",
    );
    if (answers.includes(false)) return { holds: false, saw };
    const isUnsure = answers.includes("unknown") || commits.length === 0 || isIncomplete("commits", facts);
    return { holds: isUnsure ? "unknown" : true, saw };
  },
});
