import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJunitReader } from "../../../../src/core/failures/junit/junit-reader.ts";
import { readJunit, summariseJunit } from "../../../../src/core/failures/junit/read-junit.ts";
import { xmlEncoding } from "../../../../src/core/failures/junit/xml-encoding.ts";

const suite = (inner: string) => `<testsuites><testsuite name="list">${inner}</testsuite></testsuites>`;
const one = (inner: string) => suite(`<testcase name="sorts" classname="List" time="0.5">${inner}</testcase>`);

describe("what tools write", () => {
  it.each([
    {
      name: "jest-junit",
      xml: `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="jest tests" tests="2" failures="1" time="3.1">
  <testsuite name="list" errors="0" failures="1" skipped="0" tests="2" time="1.2">
    <testcase classname="list sorts" name="list sorts" time="0.004"/>
    <testcase classname="list adds" name="list adds" time="0.006">
      <failure>Error: expect(received).toBe(expected)

Expected: 2
Received: 1
    at Object.toBe (/app/test/list.test.js:7:15)</failure>
    </testcase>
  </testsuite>
</testsuites>`,
      counts: { tests: 2, failed: 1, errored: 0 },
      failed: {
        suite: "jest tests › list",
        class_name: "list adds",
        name: "list adds",
        kind: "failure",
        message: null,
        details: expect.stringMatching(/^Error: expect[\s\S]+list\.test\.js:7:15\)$/),
        seconds: 0.006,
      },
    },
    {
      name: "pytest",
      xml: `<testsuites><testsuite name="pytest" errors="1" failures="0" tests="1" time="0.1" hostname="x">
<testcase classname="tests.test_list.TestList" name="test_adds[1-2]" file="tests/test_list.py" line="11" time="0.001">
<error message="failed on setup with &quot;fixture 'db' not found&quot;">E fixture 'db' not found</error></testcase></testsuite></testsuites>`,
      counts: { tests: 1, failed: 0, errored: 1 },
      failed: {
        suite: "pytest",
        name: "test_adds[1-2]",
        file: "tests/test_list.py",
        line: 11,
        kind: "error",
        message: `failed on setup with "fixture 'db' not found"`,
      },
    },
    {
      name: "Gradle",
      xml: `<testsuite name="dev.acme.ListTest" tests="1" failures="1" timestamp="2026-11-21T10:00:00">
<properties/><testcase name="adds()" classname="dev.acme.ListTest" time="0.05">
<failure message="expected: &lt;2&gt; but was: &lt;1&gt;" type="org.opentest4j.AssertionFailedError">org.opentest4j.AssertionFailedError: no
\tat dev.acme.ListTest.adds(ListTest.java:12)</failure></testcase>
<system-out><![CDATA[<failure message="printed"/>]]></system-out><system-err/></testsuite>`,
      counts: { tests: 1, failed: 1, errored: 0 },
      failed: {
        suite: "dev.acme.ListTest",
        type: "org.opentest4j.AssertionFailedError",
        message: "expected: <2> but was: <1>",
        details: "org.opentest4j.AssertionFailedError: no\n\tat dev.acme.ListTest.adds(ListTest.java:12)",
      },
    },
    {
      name: "Maven Surefire with runs again",
      xml: `<testsuite name="ListTest" time="1,234.5"><testcase name="adds" classname="ListTest" time="1,234.5">
<failure message="first" type="E"><![CDATA[E: first]]></failure><rerunFailure message="again" type="E"><stackTrace>E: again</stackTrace></rerunFailure>
<rerunFailure message="again" type="E"/></testcase></testsuite>`,
      counts: { tests: 1, failed: 1, seconds: 1234.5 },
      failed: { message: "first", details: "E: first", reruns: 2, seconds: 1234.5 },
    },
    {
      name: "go-junit-report",
      xml: `<testsuites tests="1" failures="1"><testsuite name="acme.dev/list" tests="1" failures="1" errors="0" id="0" time="0.003">
<testcase name="TestAdds/two" classname="acme.dev/list" time="0.000"><failure message="Failed"><![CDATA[    list_test.go:9: got 1]]></failure></testcase></testsuite></testsuites>`,
      counts: { tests: 1, failed: 1 },
      failed: { name: "TestAdds/two", class_name: "acme.dev/list", details: "list_test.go:9: got 1" },
    },
    {
      name: "PHPUnit with suites in suites",
      xml: `<testsuites><testsuite name="unit"><testsuite name="ListTest" file="/app/tests/ListTest.php">
<testcase name="testAdds" class="ListTest" classname="ListTest" file="/app/tests/ListTest.php" line="14" time="0.01">
<failure type="PHPUnit\\Framework\\ExpectationFailedException">ListTest::testAdds</failure></testcase></testsuite></testsuite></testsuites>`,
      counts: { tests: 1, failed: 1 },
      failed: { suite: "unit › ListTest", file: "/app/tests/ListTest.php", line: 14, details: "ListTest::testAdds" },
    },
    {
      name: "GoogleTest with two expectations that failed",
      xml: `<testsuites><testsuite name="List"><testcase name="Adds" status="run" time="0"><failure message="one" type="">one</failure><failure message="two" type="">two</failure></testcase></testsuite></testsuites>`,
      counts: { tests: 1, failed: 1 },
      failed: { message: "one", details: "one\ntwo", type: null },
    },
    {
      name: "a suite that broke before its tests",
      xml: `<testsuites><testsuite name="list"><error message="cannot import"/></testsuite></testsuites>`,
      counts: { tests: 0, errored: 1 },
      failed: { name: "list", kind: "error", message: "cannot import" },
    },
  ])("$name", ({ xml, counts, failed }) => {
    const reading = readJunit(xml);
    expect(reading).toMatchObject({ ...counts, problem: null });
    expect(reading.cases).toEqual([expect.objectContaining(failed)]);
  });

  it.each([
    { name: "flaky, as Surefire and nextest tell it", inner: '<flakyFailure message="x"/>', count: { flaky: 1 } },
    { name: "flaky by an error", inner: "<flakyError/>", count: { flaky: 1 } },
    { name: "skipped", inner: '<skipped message="not here"/>', count: { skipped: 1 } },
    { name: "passed with output", inner: "<system-out>failure</system-out>", count: { failed: 0 } },
  ])("$name is no failure", ({ inner, count }) => {
    const reading = readJunit(one(inner));
    expect(reading).toMatchObject({ tests: 1, failed: 0, errored: 0, cases: [], problem: null, ...count });
  });

  it.each(["TestRun", "assemblies", "test-run", "test-results", "testng-results"])(
    "<%s> is named and not read",
    (root) => {
      expect(readJunit(`<${root}><x/></${root}>`).problem?.what).toMatch(/^is a report in the form of .+ not read; /);
    },
  );

  it("colours, control characters and what was written over are taken out", () => {
    const [failed] = readJunit(one('<failure message="&#27;[31mred\u001b[0m">\u001b[1mbold\u0000</failure>')).cases;
    expect(failed).toMatchObject({ message: "&#27;red", details: "bold" });
  });
});

describe("what is broken or hostile", () => {
  it.each([
    { name: "nothing", xml: "", problem: { line: 1, what: "is empty" } },
    { name: "no XML", xml: "Tests: 3 failed", problem: { line: 1, what: expect.stringContaining("not well-formed") } },
    { name: "another document", xml: "<html><body/></html>", problem: { what: expect.stringContaining("<html>") } },
    { name: "a coverage report", xml: "<coverage/>", problem: { what: expect.stringContaining("no report of tests") } },
    {
      name: "one that ends in its middle",
      xml: `<testsuite name="a">\n<testcase name="b"><failure message="c"/></testcase>\n<testcase`,
      problem: { line: 3, what: expect.stringMatching(/./) },
    },
    {
      name: "tags that do not fit",
      xml: `<testsuite name="a">\n<testcase name="b"></testsuite>`,
      problem: { line: 2, what: expect.stringContaining("not well-formed") },
    },
    {
      name: "suites nested without end",
      xml: "<testsuite>".repeat(5_000),
      problem: { line: 1, what: "nests more than 100 elements" },
    },
  ])("$name is told with its line", ({ xml, problem }) => {
    expect(readJunit(xml).problem).toMatchObject(problem);
  });

  it("what was read before stays", () => {
    const reading = readJunit(`<testsuite><testcase name="b"><failure/></testcase><testcase name="c"></oops>`);
    expect(reading).toMatchObject({ failed: 1, cases: [{ name: "b" }], problem: { line: 1 } });
  });

  it("entities are not expanded, and none is fetched", () => {
    const levels = Array.from({ length: 10 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
    const xml = `<!DOCTYPE x [<!ENTITY e0 "boom"><!ENTITY file SYSTEM "file:///etc/passwd">${levels.join("")}]>
${one('<failure message="&e10;">&file;</failure>')}`;
    expect(readJunit(xml).cases[0]).toMatchObject({ message: "&e10;", details: "&file;" });
  });

  it("of thousands of failures the first are kept and all are counted", () => {
    const many = '<testcase name="t"><failure message="m"/></testcase>'.repeat(5_000);
    const reading = readJunit(suite(many));
    expect(reading).toMatchObject({ tests: 5_000, failed: 5_000, casesLeftOut: 4_800 });
    expect(reading.cases).toHaveLength(200);
  });

  it("a file beyond 50 MB is read up to there", () => {
    const reader = createJunitReader(10);
    reader.write('<testsuite><testcase name="t"><failure/></testcase><system-out>');
    const piece = "x".repeat(1024 * 1024);
    for (let megabytes = 0; megabytes < 51; megabytes++) reader.write(piece);
    expect(reader.close()).toMatchObject({ failed: 1, problem: { what: "is larger than 50 MB" } });
  });

  it("nothing throws, whatever it is cut into", () => {
    const scraps = [
      "<testsuite>",
      "<testcase ",
      'name="a"',
      ">",
      "</testcase>",
      "<failure",
      "/>",
      "]]>",
      "<![CDATA[",
      "&",
      "&#x;",
      "<!DOCTYPE",
      "<?xml",
      "\u0000",
      "\ud800",
      "</",
      "<",
      '"',
      "--",
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...scraps), fc.string()), { maxLength: 30 }), (pieces) => {
        const reader = createJunitReader(5);
        for (const piece of pieces) reader.write(piece);
        expect(reader.close().cases.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
  });

  it("pieces may end anywhere", () => {
    const xml = one('<failure message="it &amp; that" type="E"><![CDATA[line\r\ntwo]]></failure>');
    fc.assert(
      fc.property(fc.nat(xml.length), fc.nat(xml.length), (a, b) => {
        const reader = createJunitReader(5);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        for (const piece of [xml.slice(0, from), xml.slice(from, to), xml.slice(to)]) reader.write(piece);
        expect(reader.close()).toEqual(readJunit(xml));
      }),
    );
  });
});

it("several files make one summary", () => {
  const summary = summariseJunit([
    { file: "a.xml", reading: readJunit(one('<failure message="x"/>')) },
    { file: "b.xml", reading: readJunit("<oops") },
    { file: "c.xml", reading: readJunit(one("<skipped/>")) },
  ]);
  expect(summary).toMatchObject({ files: 3, tests: 2, failed: 1, skipped: 1, seconds: 1, cases_left_out: 0 });
  expect(summary.cases).toHaveLength(1);
  expect(summary.problems).toEqual([{ file: "b.xml", line: 1, what: expect.stringMatching(/./) }]);
});

it.each([
  { name: "no declaration", head: "<testsuite/>", encoding: "utf-8" },
  { name: "a declaration", head: "<?xml version='1.0' encoding='ISO-8859-1'?>", encoding: "windows-1252" },
  { name: "an encoding that nobody knows", head: '<?xml version="1.0" encoding="klingon"?>', encoding: "utf-8" },
  { name: "bytes that belie it", head: '<?xml version="1.0" encoding="UTF-16"?>', encoding: "utf-8" },
])("encoding: $name → $encoding", ({ head, encoding }) => {
  expect(xmlEncoding(Buffer.from(head))).toBe(encoding);
});

it.each([
  { name: "UTF-16, little end first", head: [0xff, 0xfe, 0x3c, 0], encoding: "utf-16le" },
  { name: "UTF-16, big end first", head: [0, 0x3c, 0, 0x3f], encoding: "utf-16be" },
])("encoding: $name", ({ head, encoding }) => {
  expect(xmlEncoding(Uint8Array.from(head))).toBe(encoding);
});
