/** The demonstration's repository: a small order service with a login, a published package, documentation and tests. */

import { samplePolicy, samplePolicyPath } from "./sample-policy.ts";

export const pricingModule = `/** Prices as shops print them. Amounts are in cents. */

export interface Price {
  cents: number;
  currency: string;
}

export function priceOf(unitCents: number, quantity: number, currency = "EUR"): Price {
  return { cents: unitCents * quantity, currency };
}

export function withTax(price: Price, percent: number): Price {
  return { ...price, cents: Math.round(price.cents * (1 + percent / 100)) };
}

export function formatPrice(price: Price): string {
  return \`\${(price.cents / 100).toFixed(2)} \${price.currency}\`;
}
`;

export const listOrders = `import type { Order } from "./order.ts";

/** The newest orders first. */
export function listOrders(orders: readonly Order[]): Order[] {
  return orders.toSorted((a, b) => b.placedAt.getTime() - a.placedAt.getTime());
}
`;

export const loginModule = `import { createSession, type Session } from "./session.ts";

export interface Users {
  verify(name: string, password: string): Promise<boolean>;
}

/** Answers with a session, or with null when name and password do not fit. */
export async function login(users: Users, name: string, password: string): Promise<Session | null> {
  const isKnown = await users.verify(name, password);
  return isKnown ? createSession(name) : null;
}
`;

const sessionModule = `import { randomUUID } from "node:crypto";

export interface Session {
  id: string;
  name: string;
}

export function createSession(name: string): Session {
  return { id: randomUUID(), name };
}
`;

const orderModule = `export interface Order {
  id: string;
  customer: string;
  cents: number;
  placedAt: Date;
}
`;

const serverModule = `import { createServer } from "node:http";
import { listOrders } from "./orders/list-orders.ts";

const orders = [{ id: "a1", customer: "noor", cents: 4200, placedAt: new Date("2026-01-05T09:00:00Z") }];

createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(listOrders(orders)));
}).listen(8080);
`;

export const sampleFiles: Readonly<Record<string, string>> = {
  "README.md": "# shop\n\nOrders over HTTP. `npm start` listens on port 8080.\n",
  "package.json": `${JSON.stringify({ name: "shop", private: true, type: "module", workspaces: ["packages/*"] }, null, 2)}\n`,
  "packages/pricing/package.json": `${JSON.stringify(
    {
      name: "@acme/pricing",
      version: "2.3.0",
      type: "module",
      exports: { ".": "./src/index.ts" },
      publishConfig: { exports: { ".": "./dist/index.js" } },
    },
    null,
    2,
  )}\n`,
  "packages/pricing/src/index.ts": pricingModule,
  "src/server.ts": serverModule,
  "src/orders/order.ts": orderModule,
  "src/orders/list-orders.ts": listOrders,
  "src/auth/login.ts": loginModule,
  "src/auth/session.ts": sessionModule,
  "test/orders/list-orders.test.ts": `import { listOrders } from "../../src/orders/list-orders.ts";

if (listOrders([]).length !== 0) throw new Error("no orders, no list");
`,
  "docs/running.md": "# Running the shop\n\nOne process, port 8080, no database.\n",
  [samplePolicyPath]: samplePolicy,
};
