/** Reports of tests, and of other things, that are no JUnit reports although they are XML. */

const testFormats: Record<string, { of: string; instead: string }> = {
  TestRun: {
    of: "Visual Studio (TRX)",
    instead: "have `dotnet test` write JUnit's: `--logger junit`, of the package JunitXml.TestLogger",
  },
  assemblies: { of: "xUnit.net", instead: "have it write JUnit's: `-junit` or `--logger junit`" },
  assembly: { of: "xUnit.net", instead: "have it write JUnit's: `-junit` or `--logger junit`" },
  "test-run": { of: "NUnit 3", instead: "have it write JUnit's: `--logger junit`, of the package JunitXml.TestLogger" },
  "test-results": { of: "NUnit 2", instead: "have it write JUnit's" },
  "testng-results": { of: "TestNG", instead: "name its files in `junitreports` instead" },
  "e:events": { of: "Open Test Reporting", instead: "name the JUnit files beside it instead" },
};

/** @param root name of the outermost element */
export function otherFormat(root: string): string {
  const known = Object.hasOwn(testFormats, root) ? testFormats[root] : undefined;
  if (known === undefined) return `is no report of tests in JUnit's form: it begins with <${root.slice(0, 60)}>`;
  return `is a report in the form of ${known.of}, which is not read; ${known.instead}`;
}
