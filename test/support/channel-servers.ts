/** Real servers of this machine in the place of chat services and mail servers. */

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";
import { type ChannelSettings, readChannelSettings } from "../../src/core/notifications/channel-settings.ts";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  json<T>(): T;
}

export interface ChannelServer {
  /** Where it answers; `path` tells apart what is sent to it. */
  url(path?: string): string;
  received: Received[];
  /** What came last; throws where nothing came. */
  last(): Received;
  /** Answers from now on. The default is 200. */
  answer: (request: Received, response: ServerResponse) => void;
}

export async function aChannelServer(): Promise<ChannelServer> {
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const channel: ChannelServer = {
    url: (path = "/") => `http://127.0.0.1:${port}${path}`,
    received: [],
    last() {
      const last = channel.received.at(-1);
      if (last === undefined) throw new Error("Nothing was received");
      return last;
    },
    answer: withStatus(200),
  };
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const received = { path: request.url ?? "", headers: request.headers, text, json: <T>() => JSON.parse(text) as T };
    channel.received.push(received);
    channel.answer(received, response);
  };
  return channel;
}

export function withStatus(status: number, headers: Record<string, string> = {}): ChannelServer["answer"] {
  return (_, response) => response.writeHead(status, headers).end("{}");
}

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  mails: { from: string; to: string[]; text: string }[];
}

export async function aMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: MailServer["mails"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "holdpoint" && password === "let/me in"
        ? done(null, { user: username })
        : done(new Error(`No, ${username}, ${password} is wrong`)),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {}); // of clients that leave in the middle
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails };
}

/** The operator's settings with servers of this machine admitted. @throws with the problems where there are any */
export function channelSettings(environment: Record<string, string>): ChannelSettings {
  const { settings, problems } = readChannelSettings({
    HOST: "127.0.0.1",
    CHANNELS_ALLOW_LOOPBACK: "1",
    ...environment,
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return settings;
}
