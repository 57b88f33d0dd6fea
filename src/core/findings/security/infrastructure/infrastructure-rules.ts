/** The rules over infrastructure, for people. */

import type { Rule } from "../../detector.ts";

export const infrastructureRules: Record<string, Rule> = {
  container_runs_as_root: {
    title: "a container runs as root",
    why: "Whoever breaks out of the program in it is root in the container, and one step from root on the machine.",
    fix: "Name a user (`USER app`, `runAsNonRoot: true`).",
    looksAt: "The last `USER` of an image, and `runAsUser`, `runAsNonRoot` and `user` of what runs it.",
    example: { language: "dockerfile", diff: "-USER app\n+USER root" },
  },
  container_privileged: {
    title: "a container may do what the machine may",
    why: "A privileged container can take over the machine it runs on.",
    fix: "Give the one capability that is needed.",
    example: { language: "yaml", diff: " securityContext:\n+  privileged: true" },
  },
  host_shared: {
    title: "a container shares the machine's network, processes or files",
    why: "What separates it from the machine and from other containers is gone there; the Docker socket is control over all of them.",
    fix: "Publish ports and mount named volumes instead.",
    example: { language: "yaml", diff: " volumes:\n+  - /var/run/docker.sock:/var/run/docker.sock" },
  },
  image_unpinned: {
    title: "an image is no longer pinned",
    why: "Whoever pushes to the tag decides what runs here from then on.",
    fix: "Pin the digest, or at least the version.",
    looksAt: "Digests that are gone from an image that is still used, and versions that became `latest`.",
    example: { language: "dockerfile", diff: "-FROM node:24@sha256:…\n+FROM node:24" },
  },
  remote_code_run: {
    title: "what a server sends is run or added unchecked",
    why: "Whoever holds the server, or the way to it, decides what is in the image.",
    fix: "Fetch a fixed version and compare its checksum before it is used.",
    looksAt: "`curl … | sh`, `ADD` of an address without a checksum, and downloads that do not check certificates.",
    example: { language: "dockerfile", diff: "+RUN curl -s https://get.example.com | sh" },
  },
  secret_in_image: {
    title: "a secret is written into an image",
    why: "Everybody who can pull the image reads it, also from layers further down.",
    fix: "Mount it while building (`RUN --mount=type=secret`) or give it when the container starts.",
    looksAt: "`ENV` and `ARG` whose names end in words like PASSWORD, TOKEN or SECRET and that have a value.",
    example: { language: "dockerfile", diff: "+ENV API_TOKEN=…" },
  },
  role_wildcard: {
    title: "a role may do everything",
    why: "Whoever takes over one of its holders holds all that it reaches.",
    fix: "Name the actions and the resources that are used.",
    looksAt:
      "`*` as verb and resource of a Kubernetes role, and as action and resource of what a cloud policy allows. All actions of one service on all resources are `likely`.",
    example: {
      language: "yaml",
      diff: ' - apiGroups: [""]\n-  resources: ["pods"]\n-  verbs: ["get"]\n+  resources: ["*"]\n+  verbs: ["*"]',
    },
  },
  storage_public: {
    title: "storage is open to everybody",
    why: "Whatever is or will be in it can be read, or written, by anybody who finds it.",
    fix: "Keep it private, and hand out what is public through a server or signed addresses.",
    example: { language: "hcl", diff: '-  acl = "private"\n+  acl = "public-read"' },
  },
  network_open: {
    title: "a port is open to the whole internet",
    why: "Everything behind it is tried within minutes.",
    fix: "Name the networks that need it.",
    looksAt:
      "Rules for what comes in, from `0.0.0.0/0` or `::/0`. Ports 80 and 443 are left alone; SSH, remote desktops, databases and all ports are `proven`.",
    example: { language: "hcl", diff: '-  cidr_blocks = ["10.0.0.0/8"]\n+  cidr_blocks = ["0.0.0.0/0"]' },
  },
  database_public: {
    title: "a database can be reached from the internet",
    why: "Only its password stands between everybody and the data.",
    fix: "Keep it in a private network.",
    example: { language: "hcl", diff: "-  publicly_accessible = false\n+  publicly_accessible = true" },
  },
  encryption_off: {
    title: "stored data is no longer encrypted",
    why: "Disks, snapshots and backups can then be read by whoever gets hold of them.",
    fix: "Leave encryption on.",
    example: { language: "hcl", diff: "-  storage_encrypted = true\n+  storage_encrypted = false" },
  },
  connection_unprotected: {
    title: "a server or client accepts weak or unchecked connections",
    why: "What is sent can be read or changed on the way.",
    fix: "Ask for TLS 1.2 or newer, and check the other side's certificate.",
    looksAt:
      "Old protocol versions and switched-off checks in the configuration of web servers and of what runs in a cluster, and a removed `Strict-Transport-Security`.",
    example: { language: "nginx", diff: "-ssl_protocols TLSv1.2 TLSv1.3;\n+ssl_protocols TLSv1 TLSv1.1 TLSv1.2;" },
  },
};
