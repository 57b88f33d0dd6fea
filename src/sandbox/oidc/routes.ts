/** The issuer's documents, and where a runner's jobs ask for tokens. */
import { type Context, Hono } from "hono";
import type { Faults } from "../control/faults.ts";
import type { OidcIssuer } from "./issuer.ts";

/** @see https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-cloud-providers#using-custom-actions */
export function oidcRoutes(issuer: OidcIssuer, faults: Faults): Hono {
  const app = new Hono();
  const answer = (context: Context, body: () => object | null): Response => {
    const fault = faults.take({ method: context.req.method, path: context.req.path, graphql: null });
    if (fault?.kind === "answer")
      return Response.json(fault.body ?? { message: "Server Error" }, { status: fault.status });
    if (fault !== null) return new Response(null, { status: 502 });
    const found = body();
    return found === null ? context.json({ message: "Unauthorized" }, { status: 401 }) : context.json(found);
  };
  app.get("/.well-known/openid-configuration", (context) => answer(context, () => issuer.discovery()));
  app.get("/.well-known/jwks", (context) => answer(context, () => issuer.keySet()));
  app.get("/_request", (context) =>
    answer(context, () => {
      const [, bearer = ""] = /^bearer (.+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
      const value = issuer.issue(bearer, context.req.query("audience") ?? null);
      return value === null ? null : { count: value.length, value };
    }),
  );
  return app;
}
