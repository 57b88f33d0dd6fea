import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { type Lookup, post } from "../../src/notify/post.ts";
import { aChannelServer } from "../support/channel-servers.ts";

const content = { body: "{}", headers: {} };

function options(more: object = {}) {
  return { allowsLoopback: false, signal: AbortSignal.timeout(5_000), ...more };
}

/** Answers each question with the next list of addresses, and counts them. */
function aResolver(...answers: string[][]): { lookup: Lookup; asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (hostname, _options, callback) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { lookup, asked };
}

describe("which addresses are refused before anything is sent", () => {
  it.each([
    ["no TLS", "http://hooks.example.com/"],
    ["another protocol", "file:///etc/passwd"],
    ["no address at all", "hooks.example.com"],
    ["a user and a password", "https://me:pass@hooks.example.com/"],
    ["this machine", "https://127.0.0.1/"],
    ["this machine as one number", "https://2130706433/"],
    ["this machine in octal", "https://0177.0.0.1/"],
    ["this machine in IPv6", "https://[::1]/"],
    ["this machine, IPv4 in IPv6", "https://[::ffff:7f00:1]/"],
    ["the metadata of clouds", "https://169.254.169.254/latest/meta-data/"],
    ["an inner network", "https://10.1.2.3/"],
  ])("%s: %s", async (_name, address) => {
    const { lookup, asked } = aResolver(["93.184.216.34"]);
    const error = await post(address, content, options({ lookup })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "RefusedAddress" });
    expect(String(error)).toMatch(/^RefusedAddress: its (address|value) [a-z :/]+$/);
    expect(asked).toEqual([]);
  });

  it.each([
    ["a name that leads to this machine", ["127.0.0.1"]],
    ["a name that leads to the metadata of clouds", ["169.254.169.254"]],
    ["a name that leads to both", ["93.184.216.34", "10.0.0.1"]],
    ["a name that leads to both, in IPv6", ["2606:4700::1111", "fd00:ec2::254"]],
    ["a name that leads to NAT64", ["64:ff9b::a00:1"]],
    ["a name that leads nowhere", []],
  ])("%s", async (_name, addresses) => {
    const { lookup } = aResolver(addresses);
    await expect(post("https://hooks.example.com/", content, options({ lookup }))).rejects.toMatchObject({
      name: "RefusedAddress",
    });
  });

  it("also where this machine is admitted: its inner networks are not", async () => {
    const { lookup } = aResolver(["10.0.0.1"]);
    const admitting = options({ lookup, allowsLoopback: true });
    await expect(post("https://hooks.example.com/", content, admitting)).rejects.toMatchObject({
      name: "RefusedAddress",
    });
    await expect(post("http://hooks.example.com/", content, admitting)).rejects.toMatchObject({
      name: "RefusedAddress",
    });
  });
});

describe("a name that leads somewhere else each time it is asked", () => {
  it("is asked once, and the connection goes to the very address that was looked at", async () => {
    const server = await aChannelServer();
    const { lookup, asked } = aResolver(["127.0.0.1"], ["10.0.0.1"]);
    const { port } = new URL(server.url());
    const answer = await post(`http://localhost:${port}/hook`, content, options({ lookup, allowsLoopback: true }));
    expect(answer.status).toBe(200);
    expect(asked).toEqual(["localhost"]);
    expect(server.received).toHaveLength(1);
  });

  it("is refused once it leads inside, although it led outside before", async () => {
    const server = await aChannelServer();
    const { port } = new URL(server.url());
    const { lookup, asked } = aResolver(["93.184.216.34"], ["127.0.0.1"]);
    const abort = new AbortController();
    const first = post(`https://hooks.example.com:${port}/`, content, options({ lookup, signal: abort.signal }));
    abort.abort(new Error("nobody is really to be reached by this test"));
    await expect(first).rejects.toMatchObject({ code: "ABORT_ERR" });
    if (asked.length === 0) lookup("hooks.example.com", { all: true }, () => {});
    await expect(post(`https://hooks.example.com:${port}/`, content, options({ lookup }))).rejects.toMatchObject({
      name: "RefusedAddress",
    });
    expect(server.received).toEqual([]);
  });
});

describe("what is answered", () => {
  it("follows no redirect", async () => {
    const server = await aChannelServer();
    server.answer = ({ path }, response) =>
      response.writeHead(path === "/hook" ? 307 : 200, { location: server.url("/elsewhere") }).end();
    const answer = await post(server.url("/hook"), content, options({ allowsLoopback: true }));
    expect(answer.status).toBe(307);
    expect(server.received.map(({ path }) => path)).toEqual(["/hook"]);
  });

  it("reads nothing of an answer without end", async () => {
    const server = await aChannelServer();
    let isCut = false;
    server.answer = (_, response) => {
      response.writeHead(200).on("close", () => {
        isCut = true;
      });
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    };
    expect((await post(server.url(), content, options({ allowsLoopback: true }))).status).toBe(200);
    await expect.poll(() => isCut).toBe(true);
  });

  it("refuses headers that are too large", async () => {
    const server = await aChannelServer();
    server.answer = (_, response) => response.writeHead(200, { "x-large": "x".repeat(70_000) }).end();
    await expect(post(server.url(), content, options({ allowsLoopback: true }))).rejects.toMatchObject({
      code: "HPE_HEADER_OVERFLOW",
    });
  });

  it("waits no longer than it is told", async () => {
    const server = await aChannelServer();
    const abort = new AbortController();
    server.answer = () => abort.abort(); // and never answers
    await expect(
      post(server.url(), content, options({ allowsLoopback: true, signal: abort.signal })),
    ).rejects.toMatchObject({ code: "ABORT_ERR" });
  });

  it("uses no proxy of the environment", async () => {
    const server = await aChannelServer();
    const proxy = await aChannelServer();
    process.env.HTTP_PROXY = proxy.url();
    process.env.http_proxy = proxy.url();
    try {
      await post(server.url(), content, options({ allowsLoopback: true }));
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
    expect([server.received.length, proxy.received.length]).toEqual([1, 0]);
  });
});
