/** Large changes as people make them: files of many kinds, each with an edit or two. */

import type { Snapshot } from "../../src/core/snapshot.ts";
import { anInputOf, type Change } from "../../test/support/changes.ts";

export interface MixedChange {
  snapshot: Snapshot;
  /** Every file of the repository, before and after. */
  base: Map<string, string | null>;
  head: Map<string, string | null>;
}

/** @param round tells one change from the next: no text of one is a text of another */
export function mixedChange(fileCount: number, round: number): MixedChange {
  const files: Record<string, Change> = {};
  for (let at = 0; at < fileCount; at++) {
    const write = writers[at % writers.length] ?? typescript;
    const part = `part-${Math.floor(at / 60)}`;
    const { path, text } = write(part, `${round}n${at}`);
    files[path] = [text("before"), text("after")];
  }
  const around = { "package.json": json({ name: "acme", version: "1.0.0", workspaces: ["packages/*"] }) };
  const { snapshot, contents } = anInputOf({ files, around });
  return { snapshot, base: new Map(contents.base), head: new Map(contents.head) };
}

type Moment = "before" | "after";
type Writer = (part: string, id: string) => { path: string; text: (moment: Moment) => string };

const functionsEach = 8;

function many(write: (at: number) => string): string {
  return Array.from({ length: functionsEach }, (_, at) => write(at)).join("\n");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const typescript: Writer = (part, id) => ({
  path: `packages/${part}/src/orders-${id}.ts`,
  text: (moment) => `import { readFile } from "node:fs/promises";
import { connect } from "./connect.ts";

/** An order as the shop ${id} keeps it. */
export interface Order${id} {
  id: string;
  lines: readonly { article: string; count: number; price: number }[];
  ${moment === "before" ? "note?: string" : "note: string | null"};
}

${many(
  (at) => `/** Adds up what the order's lines cost, in cents, for the region ${at}. */
export async function total${at}Of${id}(order: Order${id}, rates: Map<string, number>${at === 3 && moment === "after" ? ", region: string" : ""}): Promise<number> {
  const settings = await readFile(process.env["RATES_FILE"] ?? "rates.json", "utf8");
  let sum = 0;
  for (const { article, count, price } of order.lines) {
    const rate = rates.get(article) ?? (settings.includes(article) ? ${at} : 1);
    if (count <= 0) throw new Error(\`The order \${order.id} asks for \${count} of \${article}\`);
    sum += Math.round(count * price * rate);
  }
  const database = connect("orders");
  await database.query("update orders set total = $1 where id = $2", [sum, order.id]);
  return sum${moment === "after" && at === 5 ? " + fee(order)" : ""};
}
`,
)}
function fee(order: Order${id}): number {
  return order.lines.length > ${moment === "before" ? 10 : 12} ? 100 : 0;
}
`,
});

const python: Writer = (part, id) => ({
  path: `services/${part.replace("-", "_")}/orders_${id}.py`,
  text: (moment) => `"""Orders of the shop ${id}."""

import os
from dataclasses import dataclass


@dataclass
class Order${id}:
    number: str
    lines: list[tuple[str, int, float]]
    ${moment === "before" ? "note: str | None = None" : "note: str"}

${many(
  (at) => `
def total_${at}(order: Order${id}, rates: dict[str, float], *, region: str = "${at}"${at === 3 && moment === "after" ? ", strict: bool" : ""}) -> float:
    """Adds up what the order's lines cost."""
    limit = int(os.environ.get("ORDER_LIMIT", "${at}"))
    total = 0.0
    for article, count, price in order.lines:
        rate = rates.get(article, 1.0)
        if count <= limit:
            raise ValueError(f"The order {order.number} asks for {count} of {article}")
        total += round(count * price * rate, 2)
    return total${moment === "after" && at === 5 ? " + 1" : ""}
`,
)}`,
});

const go: Writer = (part, id) => ({
  path: `internal/${part}/orders_${id}.go`,
  text: (moment) => `package orders

import (
	"errors"
	"fmt"
	"os"
)

// Order${id} is an order as the shop keeps it.
type Order${id} struct {
	ID    string
	Lines []Line
	${moment === "before" ? "Note string" : "Note *string"}
}

${many(
  (at) => `// Total${at}Of${id} adds up what the order's lines cost.
func Total${at}Of${id}(order Order${id}, rates map[string]float64${at === 3 && moment === "after" ? ", region string" : ""}) (float64, error) {
	total := 0.0
	limit := os.Getenv("ORDER_LIMIT")
	for _, line := range order.Lines {
		rate, known := rates[line.Article]
		if !known {
			return 0, fmt.Errorf("no rate for %s within %s", line.Article, limit)
		}
		if line.Count <= ${at} {
			return 0, errors.New("a line without a count")
		}
		total += float64(line.Count) * line.Price * rate
	}
	return total${moment === "after" && at === 5 ? " + 1" : ""}, nil
}
`,
)}`,
});

const rust: Writer = (part, id) => ({
  path: `crates/${part}/src/orders_${id}.rs`,
  text: (moment) => `//! Orders of the shop.

use std::collections::HashMap;

/// An order as the shop keeps it.
#[derive(Debug, Clone)]
pub struct Order${id} {
    pub id: String,
    pub lines: Vec<(String, u32, f64)>,
    pub note: ${moment === "before" ? "Option<String>" : "String"},
}

${many(
  (at) => `/// Adds up what the order's lines cost.
pub fn total_${at}(order: &Order${id}, rates: &HashMap<String, f64>${at === 3 && moment === "after" ? ", region: &str" : ""}) -> Result<f64, String> {
    let mut total = 0.0;
    let limit = std::env::var("ORDER_LIMIT").unwrap_or_default();
    for (article, count, price) in &order.lines {
        let rate = rates.get(article).copied().unwrap_or(1.0);
        if *count <= ${at} {
            return Err(format!("the order {} asks for {} of {} within {}", order.id, count, article, limit));
        }
        total += f64::from(*count) * price * rate;
    }
    Ok(total${moment === "after" && at === 5 ? " + 1.0" : ""})
}
`,
)}`,
});

const yaml: Writer = (part, id) => ({
  path: `deploy/${part}/orders-${id}.yaml`,
  text: (moment) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders-${id}
spec:
  replicas: ${moment === "before" ? 2 : 3}
  template:
    spec:
      containers:
${many(
  (at) => `        - name: worker-${at}
          image: registry.example.com/acme/orders-${at}:1.${moment === "before" ? 4 : 5}.0
          env:
            - name: ORDER_LIMIT
              value: "${at}"
          resources:
            limits:
              cpu: 500m
              memory: 256Mi`,
)}
`,
});

const manifest: Writer = (part, id) => ({
  path: `packages/${part}-${id}/package.json`,
  text: (moment) =>
    json({
      name: `@acme/${part}-${id}`,
      version: "1.4.0",
      type: "module",
      main: "./src/index.ts",
      exports: { ".": "./src/index.ts" },
      files: ["src"],
      engines: { node: moment === "before" ? ">=20" : ">=22" },
      dependencies: { "left-table": moment === "before" ? "^1.2.0" : "^1.3.0", "wide-margin": "2.0.1" },
    }),
});

const workflow: Writer = (part, id) => ({
  path: `.github/workflows/${part}-${id}.yml`,
  text: (moment) => `name: orders ${id}
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
${many(
  (at) => `  check-${at}:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v${moment === "before" ? 4 : 5}
      - run: npm ci
      - run: npm run check -- --part ${at}`,
)}
`,
});

const markdown: Writer = (part, id) => ({
  path: `docs/${part}/orders-${id}.md`,
  text: (moment) => `# Orders ${id}

${many(
  (at) => `## Region ${at}

Orders of the region are added up ${moment === "before" ? "each night" : "each hour"}. Set \`ORDER_LIMIT\` to bound how many lines an order has.

| setting       | default | what                        |
| ------------- | ------- | --------------------------- |
| \`--limit ${at}\` | ${at}       | most lines of an order      |
| \`--region\`    | none    | leaves the other regions be |
`,
)}`,
});

/** How often each kind comes up: mostly code. */
const writers: readonly Writer[] = [
  typescript,
  python,
  typescript,
  go,
  yaml,
  typescript,
  rust,
  markdown,
  python,
  typescript,
  manifest,
  go,
  typescript,
  workflow,
  rust,
  markdown,
];
