/** What one `.proto` file offers, as plain values. */

import protobuf from "protobufjs";
import { protoLines } from "./proto-lines.ts";

export interface ProtoField {
  name: string;
  number: number;
  type: string;
  /** `implicit`: a proto3 field without a label; `map` names its key type in `keyType`. */
  label: "implicit" | "optional" | "required" | "repeated" | "map";
  keyType: string | null;
  oneof: string | null;
  jsonName: string | null;
  line: number | null;
}

export interface Reserved {
  numbers: [from: number, to: number][];
  names: Set<string>;
}

export interface ProtoMessage extends Reserved {
  kind: "message";
  fields: ProtoField[];
  line: number | null;
}

export interface ProtoEnum extends Reserved {
  kind: "enum";
  values: { name: string; number: number; line: number | null }[];
  line: number | null;
}

export interface ProtoMethod {
  name: string;
  request: string;
  response: string;
  isClientStream: boolean;
  isServerStream: boolean;
  /** `GET /v1/users/{}`: the routes that `google.api.http` binds, names of path parameters left out. */
  routes: string[];
  line: number | null;
}

export interface ProtoService {
  kind: "service";
  methods: ProtoMethod[];
  line: number | null;
}

export interface ProtoExtension {
  kind: "extension";
  field: ProtoField;
  line: number | null;
}

export type ProtoDefinition = ProtoMessage | ProtoEnum | ProtoService | ProtoExtension;

export interface ProtoFile {
  package: string;
  /** By name without the package, nested ones with their outer names: `Order.Line`. */
  definitions: Map<string, ProtoDefinition>;
  /** `go_package` and its like: where the generated code of a language lives. */
  packages: Map<string, string>;
  packageLine: number | null;
  lines: string[];
}

/** Options that say where generated code lives. @see https://protobuf.dev/programming-guides/proto3/#options */
const packageOptions = [
  "go_package",
  "java_package",
  "csharp_namespace",
  "php_namespace",
  "ruby_package",
  "swift_prefix",
];

/** @returns `null` for what is not valid Protocol Buffers */
export function readProtoFile(text: string): ProtoFile | null {
  try {
    const source = text.replace(/^\uFEFF/, "");
    const parsed = protobuf.parse(source, new protobuf.Root(), { keepCase: true });
    const name = parsed.package ?? "";
    const lineOf = protoLines(source);
    const scope = name === "" ? parsed.root : parsed.root.lookup(name);
    const file: ProtoFile = {
      package: name,
      definitions: new Map(),
      packages: new Map(),
      packageLine: lineOf("package"),
      lines: text.split("\n"),
    };
    if (!(scope instanceof protobuf.Namespace)) return file;
    for (const option of packageOptions) {
      const value: unknown = scope.options?.[option];
      if (typeof value === "string") file.packages.set(option, value);
    }
    collect(scope, "", file.definitions, lineOf);
    return file;
  } catch {
    return null;
  }
}

type LineOf = (path: string) => number | null;

function collect(
  scope: protobuf.NamespaceBase,
  outer: string,
  into: Map<string, ProtoDefinition>,
  lineOf: LineOf,
): void {
  for (const object of scope.nestedArray) {
    const name = outer === "" ? object.name : `${outer}.${object.name}`;
    const line = lineOf(name);
    if (object instanceof protobuf.Type) {
      const fields = object.fieldsArray.map((field) => toField(field, lineOf(`${name}.${field.name}`)));
      into.set(name, { kind: "message", fields, line, ...toReserved(object.reserved) });
      collect(object, name, into, lineOf);
    } else if (object instanceof protobuf.Enum) {
      const values = Object.entries(object.values).map(([value, number]) => ({
        name: value,
        number,
        line: lineOf(`${name}.${value}`),
      }));
      into.set(name, { kind: "enum", values, line, ...toReserved(object.reserved) });
    } else if (object instanceof protobuf.Service) {
      const methods = object.methodsArray.map((method) => toMethod(method, lineOf(`${name}.${method.name}`)));
      into.set(name, { kind: "service", methods, line });
    } else if (object instanceof protobuf.Field && object.extend !== undefined) {
      into.set(name, { kind: "extension", field: toField(object, line), line });
    }
  }
}

function toField(field: protobuf.FieldBase, line: number | null): ProtoField {
  const json: unknown = field.options?.json_name;
  const isOptional = field.options?.proto3_optional === true;
  const keyType = field instanceof protobuf.MapField ? field.keyType : null;
  return {
    name: field.name.replace(/^\./, ""),
    number: field.id,
    type: field.type,
    label: keyType !== null ? "map" : isOptional ? "optional" : labelOf((field as protobuf.Field).rule),
    keyType,
    oneof: isOptional ? null : (field.partOf?.name ?? null),
    jsonName: typeof json === "string" ? json : null,
    line,
  };
}

function labelOf(rule: string | undefined): ProtoField["label"] {
  return rule === "required" || rule === "repeated" || rule === "optional" ? rule : "implicit";
}

function toReserved(reserved: readonly (number[] | string)[] | undefined): Reserved {
  const numbers: Reserved["numbers"] = [];
  const names = new Set<string>();
  for (const item of reserved ?? []) {
    if (typeof item === "string") names.add(item);
    else numbers.push([item[0] ?? 0, item[1] ?? item[0] ?? 0]);
  }
  return { numbers, names };
}

function toMethod(method: protobuf.Method, line: number | null): ProtoMethod {
  return {
    name: method.name,
    request: method.requestType,
    response: method.responseType,
    isClientStream: method.requestStream === true,
    isServerStream: method.responseStream === true,
    routes: routesOf(method.parsedOptions),
    line,
  };
}

const verbs = new Set(["get", "put", "post", "delete", "patch"]);

/** @see https://github.com/googleapis/googleapis/blob/master/google/api/http.proto */
function routesOf(options: unknown): string[] {
  const routes: string[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== "object" || value === null || depth > 4) return;
    for (const [key, inner] of Object.entries(value)) {
      if (verbs.has(key) && typeof inner === "string") {
        routes.push(`${key.toUpperCase()} ${inner.replace(/\{[^{}]{0,200}\}/g, "{}")}`);
      } else visit(inner, depth + 1);
    }
  };
  const all = Array.isArray(options) ? options : [];
  for (const option of all) if (hasHttp(option)) visit(option, 0);
  return routes;
}

function hasHttp(option: unknown): boolean {
  return typeof option === "object" && option !== null && Object.hasOwn(option, "(google.api.http)");
}
