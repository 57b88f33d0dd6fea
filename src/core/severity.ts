/** How pressing a message is. */

export const severities = ["low", "medium", "high", "critical"] as const;

export type Severity = (typeof severities)[number];
