import type { CodeScanningAlert } from "../../code-scanning.ts";
import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import type { Strength } from "../finding.ts";

const sharedFix =
  "Mend what the alert shows. If it is mistaken, dismiss it on GitHub with a reason, then have Holdpoint's check run again.";
const sharedLook =
  "Open alerts of GitHub's code scanning in changed files that the base branch lacks, read once the scan's check on this head has ended. Those on lines that the change added count in full, those elsewhere one step weaker. What the tool takes for a test, generated or bundled code is a `hint`.";

/** Reports what code scanning found in the change: evidence that is read, never worked out anew (C2). */
export const codeScanning = defineDetector({
  id: "code_scanning",
  class: "security",
  title: "alerts of code scanning",
  why: "Another tool followed the data through the whole program, which no look at changed lines can.",
  rules: {
    code_scanning_alert_high: {
      title: "code scanning raised an alert of high or critical severity",
      why: "The tool that scans this repository rates it as a fault that can be used.",
      fix: sharedFix,
      looksAt: `${sharedLook} Severity is that of the tool's security rating.`,
      example: { language: "js", diff: '-db.query("SELECT 1")\n+db.query("SELECT * FROM t WHERE id = " + id)' },
    },
    code_scanning_alert_medium: {
      title: "code scanning raised an alert of medium severity",
      why: "The tool that scans this repository rates it as a fault that may matter.",
      fix: sharedFix,
      looksAt: `${sharedLook} Errors of rules without a security rating count here, too.`,
    },
    code_scanning_alert_low: {
      title: "code scanning raised an alert of low severity",
      why: "The tool that scans this repository would have it noted.",
      fix: sharedFix,
      looksAt: `${sharedLook} Warnings and notes of rules without a security rating count here, too.`,
    },
    code_scanning_unread: {
      title: "the alerts of code scanning could not be read",
      why: "A scan ended on this commit, and what it found is not known here.",
      fix: "Give the App the permission to read code scanning alerts (`security_events: read`), and accept it where the App is installed.",
      looksAt: "Said only where a scan's check has ended on this head.",
    },
  },
  detect: ({ snapshot: { codeScanning: alerts }, files }) => {
    if (alerts === undefined) return { observations: [] };
    if (alerts.kind !== "read") return { observations: [unread(alerts)] };
    const byPath = new Map(files.map((file) => [file.path, file]));
    const placed = alerts.value.flatMap((alert) => {
      const file = byPath.get(alert.path);
      return file === undefined || alert.isOnBase ? [] : [{ alert, isOnAddedLine: isOnAddedLine(alert, file) }];
    });
    const isTold = ({ alert, isOnAddedLine }: (typeof placed)[number]) => isOnAddedLine || alert.isOnBase === false;
    const untold = placed.filter((one) => !isTold(one)).length;
    const observations = placed.filter(isTold).map(({ alert, isOnAddedLine }) => observe(alert, isOnAddedLine));
    return { observations: untold === 0 ? observations : [...observations, baseUnread(untold)] };
  },
});

function isOnAddedLine({ startLine, endLine }: CodeScanningAlert, { lines }: ReadFile): boolean {
  return lines.some(({ kind, line }) => kind === "added" && line >= startLine && line <= endLine);
}

function unread(alerts: { kind: "missing" } | { kind: "unreadable"; reason: string }): Observation {
  const because = alerts.kind === "unreadable" ? `, because ${alerts.reason}` : "";
  return {
    rule: "code_scanning_unread",
    strength: "hint",
    what: `the alerts of code scanning could not be read${because}`,
  };
}

function baseUnread(count: number): Observation {
  const alerts = count === 1 ? "one alert" : `${count} alerts`;
  return {
    rule: "code_scanning_unread",
    strength: "hint",
    what: `${alerts} of code scanning in changed files may be older than the change, because those of the base branch could not be read`,
  };
}

const ruleOf: Readonly<Record<string, { rule: string; strength: Strength }>> = {
  critical: { rule: "code_scanning_alert_high", strength: "proven" },
  high: { rule: "code_scanning_alert_high", strength: "proven" },
  medium: { rule: "code_scanning_alert_medium", strength: "likely" },
  error: { rule: "code_scanning_alert_medium", strength: "likely" },
  low: { rule: "code_scanning_alert_low", strength: "hint" },
  warning: { rule: "code_scanning_alert_low", strength: "hint" },
  note: { rule: "code_scanning_alert_low", strength: "hint" },
  none: { rule: "code_scanning_alert_low", strength: "hint" },
};
/** A severity that GitHub may add one day is not taken lightly. */
const unknownSeverity = { rule: "code_scanning_alert_medium", strength: "likely" } as const;

const weaker: Readonly<Record<Strength, Strength>> = { proven: "likely", likely: "hint", hint: "hint" };

function observe(alert: CodeScanningAlert, isOnAddedLine: boolean): Observation {
  const { rule, strength } = (Object.hasOwn(ruleOf, alert.severity) && ruleOf[alert.severity]) || unknownSeverity;
  const isAside = alert.classifications.length > 0;
  const name = codeWord(alert.rule);
  return {
    rule,
    strength: isAside ? "hint" : isOnAddedLine ? strength : weaker[strength],
    what: `${plainWord(alert.tool)} raised ${name}, an alert of severity ${plainWord(alert.severity)}${isOnAddedLine ? "" : ", at a line that the change left alone"}`,
    path: alert.path,
    line: alert.startLine,
    after: `${oneLine(alert.message || alert.description)} ${oneLine(alert.url)}`,
    symbol: oneLine(alert.rule).replaceAll("`", "'"),
  };
}

/** In back-ticks, which the name itself must not end. */
function codeWord(name: string): string {
  return `\`${oneLine(name).replaceAll("`", "'")}\``;
}

function plainWord(name: string): string {
  return oneLine(name).replaceAll("`", "'");
}

const charactersMax = 300;

/** The tool's own words take one line, whatever they are. */
function oneLine(text: string): string {
  return text
    .slice(0, 4 * charactersMax)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, charactersMax);
}
