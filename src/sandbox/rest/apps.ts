/** `/app`, installations, their tokens and the App's deliveries. */
import { z } from "zod";
import { createToken, repositoriesOf } from "../actions/apps.ts";
import { notFound, Refusal } from "../actions/refusal.ts";
import { appBody, deliveryBody, deliveryItemBody, installationBody, tokenBody } from "../bodies/app.ts";
import { repositoryBody } from "../bodies/repository.ts";
import type { Account } from "../state/accounts.ts";
import type { App, Delivery, Installation } from "../state/apps.ts";
import { installationFor } from "../state/world.ts";
import { linkTo, paginate } from "./paging.ts";
import {
  type Answer,
  accountIn,
  created,
  noContent,
  ok,
  organisationIn,
  param,
  type RestRequest,
  route,
} from "./request.ts";

const tokenRequest = z.object({
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
});

export const appRoutes = [
  route("GET /app", "", (request) => {
    const app = appIn(request);
    return ok({ ...appBody(request.world, app), installations_count: app.installations.length });
  }),
  route("GET /app/installations", "", (request) =>
    paginate(request, appIn(request).installations, (installation) => installationBody(request.world, installation)),
  ),
  route("GET /app/installations/{installation_id}", "", (request) =>
    ok(installationBody(request.world, installationIn(request))),
  ),
  route("POST /app/installations/{installation_id}/access_tokens", "", (request) => {
    const installation = installationIn(request);
    if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
    const wanted = tokenRequest.safeParse(request.body ?? {});
    if (!wanted.success) throw new Refusal(422, "Invalid request.");
    const token = createToken(request.world, installation, {
      ...(wanted.data.permissions === undefined ? {} : { permissions: wanted.data.permissions }),
      ...(wanted.data.repositories === undefined ? {} : { repositories: wanted.data.repositories }),
      ...(wanted.data.repository_ids === undefined ? {} : { repositoryIds: wanted.data.repository_ids }),
    });
    return created(tokenBody(request.world, token));
  }),
  route("DELETE /installation/token", "", (request) => {
    if (request.caller.kind !== "installation") throw new Refusal(401, "Requires authentication");
    request.world.installationTokens.delete(request.caller.token.token);
    return noContent();
  }),
  route("GET /installation/repositories", "metadata:read", (request) => {
    if (request.caller.kind !== "installation")
      throw new Refusal(403, "You must authenticate with an installation access token");
    const { installation, repositoryIds } = request.caller.token;
    const open = repositoriesOf(request.world, installation).filter(({ id }) => repositoryIds?.has(id) ?? true);
    return paginate(request, open, (repository) => repositoryBody(request.world, repository), {
      wrap: (repositories, total_count) => ({
        total_count,
        repository_selection: repositoryIds === null ? "all" : "selected",
        repositories,
      }),
    });
  }),
  route("GET /repos/{owner}/{repo}/installation", "", (request) => {
    const app = appIn(request);
    const { world } = request;
    const wanted = `${param(request, "owner")}/${param(request, "repo")}`.toLowerCase();
    for (const repository of world.repositories.values()) {
      const installation = installationFor(app, repository);
      if (installation !== undefined && `${repository.owner.login}/${repository.name}`.toLowerCase() === wanted) {
        return ok(installationBody(world, installation));
      }
    }
    throw notFound();
  }),
  route("GET /orgs/{org}/installation", "", (request) => accountInstallation(request, organisationIn(request))),
  route("GET /users/{username}/installation", "", (request) => accountInstallation(request, accountIn(request))),
  route("GET /app/hook/config", "", (request) => {
    const app = appIn(request);
    return ok({
      content_type: "json",
      insecure_ssl: "0",
      secret: "********",
      ...(app.hookUrl === null ? {} : { url: app.hookUrl }),
    });
  }),
  route("GET /app/hook/deliveries", "", listDeliveries),
  route("GET /app/hook/deliveries/{delivery_id}", "", (request) => ok(deliveryBody(deliveryIn(request)))),
  route("POST /app/hook/deliveries/{delivery_id}/attempts", "", (request) => {
    request.redeliver(deliveryIn(request).id);
    return { status: 202, body: {} };
  }),
  route("GET /rate_limit", "", (request) => {
    const shown = (resource: "core" | "graphql") => {
      const { limit, used, resetsAt } = request.limits.read(request.caller, resource);
      return { limit, used, remaining: limit - used, reset: resetsAt };
    };
    const core = shown("core");
    return ok({
      resources: { core, search: { ...core, limit: 30, used: 0, remaining: 30 }, graphql: shown("graphql") },
      rate: core,
    });
  }),
];

/** Newest first; the cursor is the id of the last delivery shown. */
function listDeliveries(request: RestRequest): Answer {
  const app = appIn(request);
  const perPage = Math.min(100, Math.max(1, Number(request.query.get("per_page") ?? 30)));
  const cursor = request.query.get("cursor");
  const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor.replace("v1_", ""));
  if (Number.isNaN(before)) throw new Refusal(400, "Invalid cursor");
  const found = request.world.deliveries.filter((delivery) => delivery.app === app && delivery.id < before).reverse();
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  const hasMore = last !== undefined && found.length > perPage;
  return {
    ...ok(shown.map(deliveryItemBody)),
    headers: hasMore ? { link: linkTo(request.url, { cursor: `v1_${last.id}` }, "next") } : {},
  };
}

function appIn(request: RestRequest): App {
  if (request.caller.kind === "app") return request.caller.app;
  throw new Refusal(401, "A JSON web token could not be decoded");
}

function installationIn(request: RestRequest): Installation {
  const app = appIn(request);
  const id = Number(param(request, "installation_id"));
  const installation = app.installations.find((other) => other.id === id);
  if (installation === undefined) throw notFound();
  return installation;
}

function deliveryIn(request: RestRequest): Delivery {
  const app = appIn(request);
  const id = Number(param(request, "delivery_id"));
  const delivery = request.world.deliveries.find((other) => other.id === id && other.app === app);
  if (delivery === undefined) throw notFound();
  return delivery;
}

function accountInstallation(request: RestRequest, account: Account): Answer {
  const installation = appIn(request).installations.find((other) => other.account.id === account.id);
  if (installation === undefined) throw notFound();
  return ok(installationBody(request.world, installation));
}
