/** Posts to an address of the operator's, and to no other: no redirects, no addresses of inner networks, small answers. */

import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup as lookupOfSystem } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

export interface PostOptions {
  allowsLoopback: boolean;
  lookup?: Lookup;
  signal: AbortSignal;
}

/** Finds all addresses of a name. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface PostAnswer {
  status: number;
  retryAfter: string | null;
}

/** The address may not be used. The message names no address. */
export class RefusedAddress extends Error {
  override readonly name = "RefusedAddress";
}

/**
 * What the answer says besides its status is of no use to anybody, so that nothing of it is read.
 *
 * @throws {RefusedAddress} before anything is sent
 * @throws an error with a `code` when there is no answer
 */
export async function post(
  address: string,
  content: { body: string; headers: Record<string, string> },
  { allowsLoopback, lookup = lookupOfSystem, signal }: PostOptions,
): Promise<PostAnswer> {
  const url = checkUrl(address, allowsLoopback);
  const isAdmitted = (ip: string) => isPublicAddress(ip) || (allowsLoopback && isLoopbackAddress(ip));
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isAdmitted(literal)) throw new RefusedAddress(notPublic);
  const { request, Agent } = url.protocol === "http:" ? http : https;
  const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
  const body = Buffer.from(content.body);
  const sent = request(url, {
    method: "POST",
    headers: { "user-agent": "holdpoint", "content-length": body.length, ...content.headers },
    agent: new Agent({ keepAlive: false }), // of its own: neither a proxy nor an open connection of others
    lookup: checkedLookup(lookup, isAdmitted),
    signal,
  });
  sent.on("error", reject);
  sent.on("response", (response) => {
    const { statusCode: status = 0, headers } = response;
    resolve({ status, retryAfter: headers["retry-after"] ?? null });
    response.on("error", () => {}); // of being cut off
    response.destroy();
  });
  sent.end(body);
  return promise;
}

const notPublic = "its address is not a public one";

function checkUrl(address: string, allowsLoopback: boolean): URL {
  if (!URL.canParse(address)) throw new RefusedAddress("its value is no address");
  const url = new URL(address);
  const isLocal = url.hostname === "localhost" || isLoopbackAddress(url.hostname.replace(/^\[|\]$/g, ""));
  if (url.protocol !== "https:" && !(allowsLoopback && url.protocol === "http:" && isLocal)) {
    throw new RefusedAddress("its address does not begin with https://");
  }
  if (url.username !== "" || url.password !== "") throw new RefusedAddress("its address bears a user or a password");
  return url;
}

/** The connection is made to the very addresses that were checked: a name is asked for once, and believed once. */
function checkedLookup(lookup: Lookup, isAdmitted: (ip: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, "");
      else if (first === undefined || !addresses.every(({ address }) => isAdmitted(address)))
        callback(new RefusedAddress(notPublic), "");
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
