/** Which files end up with users: product code, told by the path alone. */

import { isBenchmark, isDocumentation, isFixture, isSource, isTest } from "../file-role.ts";

const workshop =
  /(^|\/)(scripts?|tools?|hack|ci|\.github|\.circleci|\.config|\.storybook|examples?|samples?|demos?|playgrounds?|sandbox|website|xtask|codemods?|mocks?|stubs?|testutils?|test_utils)\/|(^|\/)(build\.rs|setup\.py|conftest\.py|noxfile\.py|gulpfile\.[cm]?js|Gruntfile\.js|justfile|Makefile)$|\.config\.[cm]?[jt]s$|\.stories\.[jt]sx?$|(^|\/)\.[a-z]+rc(\.[a-z]+)?$/i;

/** Holds for folders and files that only those who work on the project run. */
export function isWorkshop(path: string): boolean {
  return workshop.test(path);
}

/** Holds for code that users run or import; unlike `isInternal`, also below `internal/`: flags and behaviour reach users from there too. */
export function isShippedCode(path: string): boolean {
  return (
    isSource(path) &&
    !isTest(path) &&
    !isFixture(path) &&
    !isBenchmark(path) &&
    !isDocumentation(path) &&
    !isWorkshop(path)
  );
}
