/** The rules about Protocol Buffers, as people read them. */

import type { Rule } from "../../../detector.ts";

const reserve =
  "Keep the field and mark it `deprecated`, or reserve its number and its name so that nobody takes them again.";

export const protoRules: Record<string, Rule> = {
  proto_field_removed: {
    title: "a field of a message was removed",
    why: "Programs that fill or read the field no longer compile, and the number can be taken for something else.",
    fix: reserve,
    looksAt: "Proven unless both number and name are reserved; then generated code alone misses it.",
    example: { language: "proto", diff: "-  string note = 3;" },
  },
  proto_field_number_changed: {
    title: "a field has another number, or its number went to another field",
    why: "Bytes written by one version are read as something else by the other.",
    fix: "Give new fields new numbers and leave the old ones where they are.",
    example: { language: "proto", diff: "-  string note = 3;\n+  string note = 4;" },
  },
  proto_field_type_changed: {
    title: "a field changed its type",
    why: "Old and new programs read each other's bytes wrongly, or generated code no longer compiles.",
    fix: "Add a field of the new type beside the old one.",
    looksAt: "Likely where the bytes can still be read (`int32` and `int64`, `string` and `bytes`), proven otherwise.",
    example: { language: "proto", diff: "-  int32 total = 2;\n+  string total = 2;" },
  },
  proto_field_renamed: {
    title: "a field was renamed, in source or in JSON",
    why: "The bytes stay, but generated code and JSON use the name.",
    fix: "Keep the old name, or keep the JSON name with `json_name`.",
    example: { language: "proto", diff: "-  string note = 3;\n+  string remark = 3;" },
  },
  proto_field_label_changed: {
    title: "a field became required, repeated, a map, or stopped being so",
    why: "One side sends what the other does not expect, and generated code changes its types.",
    fix: "Add a new field beside the old one.",
    looksAt: "`optional` added to or taken from a proto3 field is a hint: only some languages generate other code.",
    example: { language: "proto", diff: "-  string tag = 5;\n+  repeated string tag = 5;" },
  },
  proto_field_oneof_changed: {
    title: "a field moved into or out of a oneof",
    why: "Setting one member clears the others, and generated code names them otherwise.",
    fix: "Leave existing fields where they are and add new ones to the oneof.",
    looksAt: "Proven when it joins a oneof with other members: then values can get lost.",
  },
  proto_required_added: {
    title: "a required field was added",
    why: "Messages of programs that do not know the field are refused.",
    fix: "Make the field optional and check it in code.",
    example: { language: "proto", diff: "+  required string owner = 6;" },
  },
  proto_reserved_removed: {
    title: "a reserved number or name is free again",
    why: "Taken again, bytes of old programs get a new meaning.",
    fix: "Leave `reserved` as it was and take a number that was never used.",
    looksAt: "Proven when the number is taken in the same change.",
    example: { language: "proto", diff: "-  reserved 4;\n+  string city = 4;" },
  },
  proto_enum_value_removed: {
    title: "an enum value was removed",
    why: "Programs that send or match it no longer compile or are not understood.",
    fix: reserve,
  },
  proto_enum_value_changed: {
    title: "an enum value has another number",
    why: "One version means something else by the same number.",
    fix: "Leave numbers where they are; new values take new ones.",
  },
  proto_enum_value_renamed: {
    title: "an enum value was renamed",
    why: "The bytes stay, but generated code and JSON use the name.",
    fix: "Keep the old name as an alias with `allow_alias`.",
  },
  proto_type_removed: {
    title: "a message, enum, service or extension was removed or renamed",
    why: "Programs that use it no longer compile; calls of a removed service fail.",
    fix: "Keep it, marked as deprecated, or offer the new form in a new package version.",
    looksAt: "What moved to another changed file of the same package is not gone.",
  },
  proto_file_removed: {
    title: "a description file was removed or moved",
    why: "Its definitions are gone, or imports of its path no longer resolve.",
    fix: "Keep the file, or leave one that imports the new one publicly.",
    looksAt: "Proven when its definitions are found in no other changed file; a move alone is a hint.",
  },
  proto_rpc_removed: {
    title: "an rpc was removed or renamed",
    why: "Calls of it fail.",
    fix: "Keep it, marked as deprecated, as long as somebody calls it.",
  },
  proto_rpc_changed: {
    title: "an rpc takes, returns, streams or routes otherwise",
    why: "Callers send or expect the old form.",
    fix: "Add a new rpc beside the old one.",
  },
  proto_package_changed: {
    title: "the package, or the package of generated code, changed",
    why: "Full names of messages, paths of calls and imports of generated code change with it.",
    fix: "Offer a new version beside the old package.",
    looksAt: "Proven for `package`, likely for options such as `go_package` that move generated code alone.",
  },
};
