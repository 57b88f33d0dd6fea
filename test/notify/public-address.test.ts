import { expect, it } from "vitest";
import { isLoopbackAddress, isPublicAddress } from "../../src/notify/public-address.ts";

it.each([
  "93.184.216.34",
  "1.1.1.1",
  "172.32.0.1",
  "100.63.255.255",
  "169.253.0.1",
  "2606:4700::1111",
  "2a00:1450:4001::1",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ["loopback", "127.0.0.1"],
  ["anywhere in loopback", "127.9.9.9"],
  ["private", "10.0.0.1"],
  ["private", "172.16.0.1"],
  ["private", "172.31.255.255"],
  ["private", "192.168.1.1"],
  ["the metadata of clouds", "169.254.169.254"],
  ["the metadata of a cloud, in carrier NAT", "100.100.100.200"],
  ["the metadata of a cloud, reserved", "192.0.0.192"],
  ["the services of a cloud, public by number", "168.63.129.16"],
  ["carrier NAT", "100.64.0.1"],
  ["carrier NAT, its end", "100.127.255.255"],
  ["this network", "0.0.0.0"],
  ["this network", "0.1.2.3"],
  ["multicast", "224.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["reserved", "240.0.0.1"],
  ["benchmarks", "198.18.0.1"],
  ["documentation", "192.0.2.1"],
  ["relays to IPv6", "192.88.99.1"],
  ["loopback of IPv6", "::1"],
  ["unspecified", "::"],
  ["link-local", "fe80::1"],
  ["link-local with a zone", "fe80::1%eth0"],
  ["unique local", "fd00:ec2::254"],
  ["site-local", "fec0::1"],
  ["multicast", "ff02::1"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1"],
  ["IPv4 in IPv6, even a public one", "::ffff:93.184.216.34"],
  ["IPv4 in IPv6, the old way", "::127.0.0.1"],
  ["NAT64", "64:ff9b::7f00:1"],
  ["NAT64 of a network", "64:ff9b:1::a00:1"],
  ["6to4", "2002:7f00:1::1"],
  ["Teredo", "2001:0:1::1"],
  ["documentation", "2001:db8::1"],
  ["discarded", "100::1"],
  ["segment routing", "5f00::1"],
  ["no address", "localhost"],
  ["no address", ""],
])("%s (%s) is not", (_name, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it("knows this machine in either form", () => {
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1"].every(isLoopbackAddress)).toBe(true);
  expect(["10.0.0.1", "93.184.216.34", "localhost"].some(isLoopbackAddress)).toBe(false);
});
