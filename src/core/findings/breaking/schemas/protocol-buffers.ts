import { basePath, defineDetector, type Observation } from "../../detector.ts";
import { compareProtoFiles, type PlacedChange, type ProtoPair } from "./proto/compare-files.ts";
import type { ProtoFile } from "./proto/proto-file.ts";
import { protoRules } from "./proto/proto-rules.ts";
import { atMost, isOffered, lineText, pathsToRead, readSchemaFiles, withReach } from "./schema-files.ts";

/**
 * Compares `.proto` files before and after (C1): `proven` where bytes can no longer be read or a name is gone, `likely` where only
 * generated code or JSON changes, or where the package calls itself alpha or beta.
 *
 * @see https://buf.build/docs/breaking/rules/
 */
export const protocolBuffers = defineDetector({
  id: "protocol_buffers",
  class: "breaking_change",
  title: "Protocol Buffers",
  why: "Programs built from the old description exchange bytes, JSON and names with those built from the new one.",
  rules: protoRules,
  contents: (files) => pathsToRead(files.filter(isProto)),
  detect: async ({ files, contents }) => {
    const { read, notAnalysed } = readSchemaFiles(files.filter(isProto), contents);
    if (read.length === 0) return { observations: [], notAnalysed };
    const { readProtoFile } = await import("./proto/proto-file.ts");
    const pairs: ProtoPair[] = [];
    for (const source of read) {
      const before = source.before === null ? null : readProtoFile(source.before);
      const after = source.after === null ? null : readProtoFile(source.after);
      const isBroken = (before === null && source.before !== null) || (after === null && source.after !== null);
      if (isBroken) notAnalysed.push({ path: source.file.path, why: "it could not be parsed as Protocol Buffers" });
      else pairs.push({ source, before, after });
    }
    return { observations: compareProtoFiles(pairs).map(observe), notAnalysed };
  },
});

function isProto(file: Parameters<typeof isOffered>[0]): boolean {
  return (file.path.endsWith(".proto") || basePath(file).endsWith(".proto")) && isOffered(file);
}

function observe({ rule, strength, what, symbol, baseLine, headLine, base, head }: PlacedChange): Observation {
  const [was, now] = [linesOf(base.before), linesOf(head.after)];
  const isInHead = headLine !== null || (baseLine === null && head.after !== null);
  const path = isInHead ? head.source.file.path : base.source.basePath;
  const observation: Observation = {
    rule,
    strength: isUnstable(base.before ?? head.after, path) ? atMost("likely", strength) : strength,
    what,
    path,
    line: isInHead ? headLine : baseLine,
    side: isInHead ? "head" : "base",
    before: lineText(was, baseLine),
    after: lineText(now, headLine),
    symbol,
    counterLine: isInHead ? baseLine : null,
  };
  return withReach(observation, path);
}

function linesOf(file: ProtoFile | null): string[] {
  return file?.lines ?? [];
}

/** `shop.v1alpha1`, `experimental_service.proto`: their authors said that they may change. @see https://google.aip.dev/185 */
function isUnstable(file: ProtoFile | null, path: string): boolean {
  if (/(^|[/_.-])(experimental|alpha|beta)([/_.-]|$)/i.test(path)) return true;
  const named = /(^|\.)v\d{1,4}(p\d{1,4})?(alpha|beta|test)\d{0,4}(\.|$)|(^|\.)(alpha|beta|experimental)(\.|$)/;
  return file !== null && named.test(file.package);
}
