/** Reads a Dockerfile. */

import { noSettings, type Setting, type Settings, sourceCharactersMax } from "./setting.ts";

interface Instruction {
  word: string;
  rest: string;
  line: number;
}

const instructionsMax = 2000;
const lineCharactersMax = 2000;
/** Of an instruction over several lines. */
const restCharactersMax = 8000;
const secretName = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|SECRET_KEY)$/i;
const pipedToShell =
  /\b(?:curl|wget)\b[^|;&]{0,400}\|\s{0,9}(?:sudo\s{1,9}(?:-\w{1,9}\s{1,9})?)?(?:\/bin\/)?(?:ba|z|da)?sh\b/;
const unchecked =
  /\bcurl\s(?:[^|;&]{0,200}\s)?(?:-\w{0,8}k\w{0,8}|--insecure)(?=\s)|\bwget\s[^|;&]{0,200}--no-check-certificate|\bhttp\.sslVerify\s{1,4}false|\bstrict-ssl\s{1,4}false|--allow-unauthenticated\b/;

export function dockerfileSettings(text: string): Settings {
  const found = noSettings();
  const instructions = readInstructions(text, found);
  /** Stages by their names: building on one is no pull. */
  const stages = new Set<string>();
  let user: Instruction | null = null;
  for (const instruction of instructions) {
    const { word, rest } = instruction;
    if (word === "FROM") {
      user = null;
      addImage(found, instruction, stages);
    } else if (word === "USER") user = instruction;
    else if (word === "ADD" && /(?:^|\s)https?:\/\//.test(rest) && !rest.includes("--checksum="))
      found.weak.push(
        setting("remote_code_run", "likely", "a file is added from an address without a checksum", instruction),
      );
    else if (word === "RUN" && pipedToShell.test(rest))
      found.weak.push(setting("remote_code_run", "likely", "what a server sends is run as it comes", instruction));
    else if (word === "RUN" && unchecked.test(rest))
      found.weak.push(setting("remote_code_run", "likely", "a download does not check who sends it", instruction));
    else if (word === "ENV" || word === "ARG") addSecrets(found, instruction);
  }
  addUser(found, user);
  return found;
}

function addImage(found: Settings, instruction: Instruction, stages: Set<string>): void {
  const words = instruction.rest.split(/\s+/).filter((word) => !word.startsWith("--"));
  const [image = "", as, name] = words;
  if (as?.toLowerCase() === "as" && name !== undefined) stages.add(name.toLowerCase());
  if (stages.has(image.toLowerCase()) || image === "scratch" || image.includes("$")) return;
  addPin(found, image, instruction.line);
}

/** A digest is a guard of its image; `latest` is what it is to lose all of it. */
export function addPin(found: Settings, image: string, line: number): void {
  const [reference = "", digest] = image.split("@", 2);
  const [, name = reference, tag] = /^(.{1,300}?)(?::([\w.-]{1,128}))?$/.exec(reference) ?? [];
  found.images.add(name);
  const base = { line, source: image.slice(0, sourceCharactersMax), rule: "image_unpinned" };
  if (digest !== undefined) {
    found.guards.push({
      ...base,
      strength: "likely",
      what: `image \`${name}\` is no longer pinned to a digest`,
      key: `pin ${name}`,
    });
  } else if (tag === "latest" || tag === undefined) {
    found.weak.push({
      ...base,
      strength: "hint",
      what: `image \`${name}\` is whatever was pushed last`,
      key: `latest ${name}`,
    });
  }
}

function addSecrets(found: Settings, instruction: Instruction): void {
  for (const [, name = "", value = ""] of instruction.rest.matchAll(
    /(?:^|\s)([A-Za-z_]\w{0,80})=("[^"]{0,300}"|'[^']{0,300}'|[^\s"']{0,300})/g,
  )) {
    const bare = value.replace(/^["']|["']$/g, "");
    if (
      !secretName.test(name) ||
      bare.length < 4 ||
      /[$<{]|^(?:true|false|none|null|changeme|dummy\w{0,20}|x+|\*+|\/.{0,300})$/i.test(bare)
    )
      continue;
    const { line, word } = instruction;
    // The value stays out of what is shown.
    found.weak.push({
      rule: "secret_in_image",
      strength: "likely",
      what: `\`${name}\` has a value in the image`,
      key: `${word} ${name}`,
      line,
      source: `${word} ${name}=…`,
    });
  }
}

function addUser(found: Settings, user: Instruction | null): void {
  if (user === null) return;
  const name = user.rest.split(/[\s:]/, 1)[0] ?? "";
  if (name === "root" || name === "0") {
    found.weak.push({ ...setting("container_runs_as_root", "likely", "the image runs as root", user), key: "root" });
  } else {
    found.guards.push({
      ...setting("container_runs_as_root", "proven", `the image no longer runs as \`${name.slice(0, 40)}\``, user),
      key: "user",
    });
  }
}

function setting(
  rule: string,
  strength: Setting["strength"],
  what: string,
  { word, rest, line }: Instruction,
): Setting {
  const source = `${word} ${rest}`.slice(0, sourceCharactersMax);
  return { rule, strength, what, key: source, line, source };
}

function readInstructions(text: string, settings: Settings): Instruction[] {
  const found: Instruction[] = [];
  let open: Instruction | null = null;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.slice(0, lineCharactersMax).trim();
    if (raw.length > lineCharactersMax) settings.isWhole = false;
    if (line.startsWith("#") || (line === "" && open === null)) continue;
    const isOpen = line.endsWith("\\");
    const part = isOpen ? line.slice(0, -1).trim() : line;
    if (open === null) {
      const [, word = "", rest = ""] = /^([A-Za-z]{2,12})\s+(.*)$/.exec(part) ?? [];
      open = { word: word.toUpperCase(), rest, line: at + 1 };
    } else if (open.rest.length < restCharactersMax) open.rest += ` ${part}`;
    else settings.isWhole = false;
    if (isOpen) continue;
    if (open.word !== "") found.push(open);
    open = null;
    if (found.length < instructionsMax) continue;
    settings.isWhole = false;
    break;
  }
  if (open !== null && open.word !== "") found.push(open);
  return found;
}
