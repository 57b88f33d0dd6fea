/** Reads Terraform and other HCL. */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { noSettings, type Setting, type Settings, sourceCharactersMax } from "./setting.ts";

/** A block with what is set directly in it. */
interface Block {
  /** `resource.aws_s3_bucket.logs`, `resource.aws_security_group.a.ingress`. */
  path: string;
  /** Attribute → as written, on one line. */
  attributes: Map<string, { value: string; line: number }>;
  line: number;
}

const anywhere = /"(?:0\.0\.0\.0\/0|::\/0|\*|Internet)"/;
const webPort = /^"?(?:80|443)"?$/;
const riskyPort = /^"?(?:0|-1|22|23|1433|1521|2379|3306|3389|5432|5601|5900|6379|6443|9200|11211|27017|\*)"?$/;

/** Attributes that speak for themselves, in any resource. */
const attributes: readonly {
  rule: string;
  strength: Setting["strength"];
  name: RegExp;
  value: RegExp;
  within?: RegExp;
  what: string;
}[] = [
  {
    rule: "storage_public",
    strength: "proven",
    name: /^acl$/,
    value: /^"public-read(?:-write)?"$/,
    what: "a bucket is public",
  },
  {
    rule: "storage_public",
    strength: "likely",
    name: /^(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets)$/,
    value: /^false$/,
    what: "a bucket may become public",
  },
  {
    rule: "storage_public",
    strength: "proven",
    name: /^members?$/,
    value: /"(?:allUsers|allAuthenticatedUsers)"/,
    within: /google_storage/,
    what: "a bucket is public",
  },
  {
    rule: "storage_public",
    strength: "likely",
    name: /^(?:allow_blob_public_access|allow_nested_items_to_be_public)$/,
    value: /^true$/,
    what: "storage may become public",
  },
  {
    rule: "storage_public",
    strength: "proven",
    name: /^container_access_type$/,
    value: /^"(?:blob|container)"$/,
    what: "storage is public",
  },
  {
    rule: "database_public",
    strength: "proven",
    name: /^publicly_accessible$/,
    value: /^true$/,
    what: "a database can be reached from the internet",
  },
  {
    rule: "encryption_off",
    strength: "proven",
    name: /^(?:storage_encrypted|encrypted|at_rest_encryption_enabled|transit_encryption_enabled|encrypt_at_rest)$/,
    value: /^false$/,
    what: "stored data is not encrypted",
  },
];

/** Longer ones were not written by hand. */
const charactersMax = 200_000;
const blocksMax = 20_000;

export function terraformSettings(text: string): Settings | null {
  if (text.length > charactersMax) return null;
  return readTree("hcl", text, (root) => {
    const found = noSettings();
    const blocks = blocksOf(root);
    for (const block of blocks) readBlock(block, found);
    return { ...found, isWhole: !root.hasError && blocks.length < blocksMax };
  });
}

function readBlock(block: Block, found: Settings): void {
  for (const [name, { value, line }] of block.attributes) {
    const row = attributes.find(
      (one) => one.name.test(name) && one.value.test(value) && (one.within?.test(block.path) ?? true),
    );
    if (row !== undefined)
      found.weak.push(setting(row.rule, row.strength, row.what, `${name} = ${value}`, line, block));
    if (/jsonencode|<<|policy/.test(name + value)) readPolicyText(value, line, block, found);
  }
  if (/^resource\.aws_s3_bucket_public_access_block\./.test(block.path) && !/\.[^.]+\.[^.]+\..+\./.test(block.path)) {
    found.guards.push({
      ...setting(
        "storage_public",
        "likely",
        "what kept a bucket from becoming public was removed",
        block.path,
        block.line,
        block,
      ),
      key: block.path,
    });
  }
  readIngress(block, found);
  readStatement(block, found);
}

function readIngress(block: Block, found: Settings): void {
  const written = (name: string) => block.attributes.get(name)?.value ?? "";
  const isIngress =
    /^resource\.aws_(?:default_)?security_group\.[^.]+\.ingress$/.test(block.path) ||
    (/^resource\.aws_security_group_rule\./.test(block.path) && written("type") === '"ingress"') ||
    /^resource\.aws_vpc_security_group_ingress_rule\./.test(block.path) ||
    (/^resource\.google_compute_firewall\.[^.]+$/.test(block.path) && written("direction") !== '"EGRESS"') ||
    (/azurerm_network_security_(?:rule|group)\./.test(block.path) &&
      written("direction") === '"Inbound"' &&
      written("access") === '"Allow"');
  if (!isIngress) return;
  for (const name of [
    "cidr_blocks",
    "ipv6_cidr_blocks",
    "cidr_ipv4",
    "cidr_ipv6",
    "source_ranges",
    "source_address_prefix",
  ]) {
    const at = block.attributes.get(name);
    if (at === undefined || !anywhere.test(at.value)) continue;
    const from = written("from_port") || written("destination_port_range");
    const to = written("to_port") || from;
    if (webPort.test(from) && webPort.test(to)) continue;
    const isSure = riskyPort.test(from) || written("protocol") === '"-1"' || written("ip_protocol") === '"-1"';
    const port = from === "" ? "ports" : `port ${from.replaceAll('"', "")}`;
    found.weak.push(
      setting(
        "network_open",
        isSure ? "proven" : "likely",
        `${port} is open to the whole internet`,
        `${name} = ${at.value}`,
        at.line,
        block,
      ),
    );
  }
}

function readStatement(block: Block, found: Settings): void {
  if (!/aws_iam_policy_document\.[^.]+\.statement$/.test(block.path)) return;
  const actions = block.attributes.get("actions");
  const resources = block.attributes.get("resources")?.value ?? "";
  if (actions === undefined || block.attributes.get("effect")?.value === '"Deny"' || !/"\*"/.test(resources)) return;
  readActions(actions.value, actions.line, block, found);
}

/** A policy as JSON or as an object: statements are looked at one by one. */
function readPolicyText(value: string, line: number, block: Block, found: Settings): void {
  for (const statement of value.split(/[{}]/).slice(0, 500)) {
    if (
      !/\bEffect"?\s{0,4}[=:]\s{0,4}"Allow"/.test(statement) ||
      !/\bResource"?\s{0,4}[=:]\s{0,4}\[?\s{0,4}"\*"/.test(statement)
    )
      continue;
    const actions = /\bAction"?\s{0,4}[=:]\s{0,4}(\[[^\]]{0,2000}\]|"[^"]{0,200}")/.exec(statement)?.[1];
    if (actions !== undefined) readActions(actions, line, block, found);
  }
}

function readActions(actions: string, line: number, block: Block, found: Settings): void {
  if (/"\*(?::\*)?"/.test(actions)) {
    found.weak.push(
      setting(
        "role_wildcard",
        "proven",
        "a policy allows every action on every resource",
        `actions = ${actions}`,
        line,
        block,
      ),
    );
    return;
  }
  const whole = /"((?:iam|s3|ec2|secretsmanager|sts|lambda|dynamodb|organizations):\*)"/.exec(actions)?.[1];
  if (whole !== undefined)
    found.weak.push(
      setting(
        "role_wildcard",
        "likely",
        `a policy allows \`${whole}\` on every resource`,
        `actions = ${actions}`,
        line,
        block,
      ),
    );
}

function setting(
  rule: string,
  strength: Setting["strength"],
  what: string,
  source: string,
  line: number,
  block: Block,
): Setting {
  return {
    rule,
    strength,
    what: `${what}: \`${block.path.slice(0, 120)}\``,
    key: `${block.path} ${what} ${source}`,
    line,
    source: source.slice(0, sourceCharactersMax),
  };
}

/** Depth first, with a stack of our own: strangers' texts nest deeper than the engine's. */
function blocksOf(root: SyntaxNode): Block[] {
  const blocks: Block[] = [];
  const open: [SyntaxNode, Block | null][] = [[root, null]];
  for (let next = open.pop(); next !== undefined && blocks.length < blocksMax; next = open.pop()) {
    const [node, parent] = next;
    let inside = parent;
    if (node.type === "block") {
      const labels = node.namedChildren
        .filter((child) => child?.type === "identifier" || child?.type === "string_lit")
        .map((child) => child?.text.replaceAll('"', "").slice(0, 100) ?? "");
      const path = [...(parent === null ? [] : [parent.path]), ...labels].join(".");
      inside = { path, attributes: new Map(), line: node.startPosition.row + 1 };
      blocks.push(inside);
    } else if (node.type === "attribute") {
      const name = node.namedChild(0)?.text ?? "";
      const value = (node.namedChild(1)?.text ?? "").slice(0, 20_000).replaceAll(/\s+/g, " ");
      parent?.attributes.set(name, { value, line: node.startPosition.row + 1 });
      continue;
    }
    for (const child of node.namedChildren) if (child !== null) open.push([child, inside]);
  }
  return blocks;
}
