/** What the people of the demonstration change, by the story's step. */

import { brokenPolicy, samplePolicyPath } from "./sample-policy.ts";
import { listOrders, loginModule, pricingModule } from "./sample-repository.ts";

const documented = {
  "docs/running.md": `# Running the shop

One process, port 8080, no database.

## Behind a proxy

Let the proxy end TLS and pass \`x-forwarded-for\` on. Health checks may ask \`GET /\`: it answers within
milliseconds and changes nothing.
`,
};

const filtered = {
  "src/orders/list-orders.ts": `${listOrders}
export interface OrderFilter {
  customer?: string;
  since?: Date;
  centsMin?: number;
}

/** The newest orders first, of those that fit every given part of the filter. */
export function findOrders(orders: readonly Order[], filter: OrderFilter): Order[] {
  const { customer, since, centsMin } = filter;
  return listOrders(
    orders.filter(
      (order) =>
        (customer === undefined || order.customer === customer) &&
        (since === undefined || order.placedAt >= since) &&
        (centsMin === undefined || order.cents >= centsMin),
    ),
  );
}
`,
  "test/orders/find-orders.test.ts": `import { findOrders } from "../../src/orders/list-orders.ts";

const orders = [
  { id: "a1", customer: "noor", cents: 4200, placedAt: new Date("2026-01-05T09:00:00Z") },
  { id: "a2", customer: "ravi", cents: 900, placedAt: new Date("2026-01-06T09:00:00Z") },
];

const rows = [
  { filter: {}, ids: "a2 a1" },
  { filter: { customer: "noor" }, ids: "a1" },
  { filter: { since: new Date("2026-01-06T00:00:00Z") }, ids: "a2" },
  { filter: { centsMin: 5000 }, ids: "" },
];

for (const { filter, ids } of rows) {
  const found = findOrders(orders, filter).map(({ id }) => id);
  if (found.join(" ") !== ids) throw new Error(\`\${JSON.stringify(filter)} found \${found.join(" ")}\`);
}
`,
};

const withoutFormat = {
  "packages/pricing/src/index.ts": pricingModule.slice(0, pricingModule.indexOf("\nexport function formatPrice")),
};

const locking = {
  "src/auth/login.ts": loginModule
    .replace(
      "/** Answers",
      "const failuresMax = 5;\nconst failures = new Map<string, number>();\n\n/** Five wrong passwords lock a name. Answers",
    )
    .replace(
      "  const isKnown",
      "  const failed = failures.get(name) ?? 0;\n  if (failed >= failuresMax) return null;\n  const isKnown",
    )
    .replace("  return isKnown", "  failures.set(name, isKnown ? 0 : failed + 1);\n  return isKnown"),
};

const dateless = {
  "src/orders/list-orders.ts": listOrders.replace(
    "b.placedAt.getTime() - a.placedAt.getTime()",
    "(b.placedAt?.getTime() ?? 0) - (a.placedAt?.getTime() ?? 0)",
  ),
};

export const sampleChanges = {
  documented,
  filtered,
  withoutFormat,
  locking,
  dateless,
  slipped: { [samplePolicyPath]: brokenPolicy },
} as const;

export const migrationPlan = `Shops format prices by themselves.

## Migration

Replace \`formatPrice(price)\` by \`Intl.NumberFormat\`; the shop's own pages did so last month. Released as 3.0.0.
`;
