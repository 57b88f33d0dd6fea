/** A package that the change puts in or takes out, as GitHub's dependency review lists it. */
export interface ReviewedDependency {
  change: "added" | "removed";
  /** The manifest or lock file that names it. */
  manifest: string;
  ecosystem: string;
  name: string;
  version: string;
  scope: "unknown" | "runtime" | "development";
  vulnerabilities: { severity: string; advisory: string; summary: string; url: string }[];
}
