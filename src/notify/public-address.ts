/** Which addresses messages may go to: those of the public internet, and no other network's. */

import ipaddr from "ipaddr.js";

/** Public by their number, yet answered by the machine's own cloud. */
const hostServices = new Set(["168.63.129.16"]);
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Everything but global unicast is refused: private, loopback, link-local (with the metadata services of clouds),
 * carrier NAT, multicast and reserved ones, and every form of IPv6 that carries an IPv4 address inside.
 *
 * @param address an IPv4 or IPv6 address; anything else is refused
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast" || hostServices.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}
