/** What can happen to a public interface, in every language alike. */

import type { Rule } from "../../detector.ts";

export const apiRules: Record<string, Rule> = {
  export_removed: {
    title: "an exported name was removed or renamed",
    why: "Code that imports it no longer loads or compiles.",
    fix: "Keep the old name as an alias, marked as deprecated, until the next major version.",
    looksAt:
      "Names that a file offered before and no longer does, where people outside can reach them through an entry point of the package. Names that only moved and are still offered are left alone. Committed reports of API Extractor (`*.api.md`) count like sources: what they list as `@public` is reached, and what they list as `@beta`, `@alpha` or `@internal` is mentioned only.",
    example: { language: "ts", diff: "-export function parse(text: string) {\n+function parse(text: string) {" },
  },
  member_removed: {
    title: "a public member was removed or renamed",
    why: "Code that calls or reads it fails.",
    fix: "Keep the old member and let it lead to the new one until the next major version.",
    example: { language: "py", diff: " class Client:\n-    def connect(self):\n+    def open(self):" },
  },
  enum_member_removed: {
    title: "a value of an enumeration was removed or renamed",
    why: "Code that names it no longer compiles, and stored values lose their meaning.",
    fix: "Keep the value, marked as deprecated.",
    example: { language: "rs", diff: " pub enum Level {\n-    Low,\n     High," },
  },
  visibility_reduced: {
    title: "something public was hidden",
    why: "Code outside can no longer use it.",
    fix: "Deprecate it first, and hide it in the next major version.",
    example: { language: "java", diff: "-  public void close() {\n+  protected void close() {" },
  },
  symbol_kind_changed: {
    title: "a public name stands for something of another kind",
    why: "It cannot be used the way it was.",
    fix: "Give the new thing a new name.",
    example: { language: "go", diff: "-var Default = New()\n+func Default() *Client {" },
  },
  parameter_required_added: {
    title: "a new parameter must be given",
    why: "Existing calls lack it.",
    fix: "Give it a default, or add a second function.",
    example: { language: "py", diff: "-def load(path):\n+def load(path, mode):" },
  },
  parameter_made_required: {
    title: "a parameter can no longer be left out",
    why: "Calls that left it out fail.",
    fix: "Keep the default.",
    example: { language: "ts", diff: "-export function load(path?: string) {\n+export function load(path: string) {" },
  },
  parameter_removed: {
    title: "a parameter was removed",
    why: "Calls that give it fail, or give it to another parameter.",
    fix: "Accept and ignore it until the next major version.",
    example: { language: "py", diff: "-def load(path, mode=None):\n+def load(path):" },
  },
  parameter_renamed: {
    title: "a parameter was renamed",
    why: "Callers may give it by its name.",
    fix: "Accept the old name too, with a warning.",
    example: { language: "py", diff: "-def load(path, *, mode):\n+def load(path, *, kind):" },
  },
  parameter_reordered: {
    title: "parameters come in another order",
    why: "Existing calls give the wrong value to each of them.",
    fix: "Keep the order, and add new parameters at the end.",
    example: { language: "go", diff: "-func Copy(from, to string) error {\n+func Copy(to, from string) error {" },
  },
  parameter_passing_changed: {
    title: "a parameter can no longer be given the way it was",
    why: "Calls by position, or by name, fail.",
    example: { language: "py", diff: "-def load(path, mode):\n+def load(path, *, mode):" },
    fix: "Keep the old way working beside the new one.",
  },
  parameter_type_changed: {
    title: "a parameter has another type",
    why: "What callers give may no longer be taken.",
    fix: "Take the old type as well.",
    example: { language: "go", diff: "-func Wait(seconds int) {\n+func Wait(d time.Duration) {" },
  },
  parameter_default_changed: {
    title: "the default of a parameter changed",
    why: "Callers who leave it out get other behaviour.",
    example: { language: "py", diff: "-def load(path, strict=False):\n+def load(path, strict=True):" },
    fix: "Keep the default, or say in the description who will notice.",
  },
  overload_removed: {
    title: "one way to call something was removed",
    why: "Calls written that way no longer compile, though others of the same name do.",
    fix: "Keep it, marked as deprecated, and let it lead to another.",
    example: {
      language: "java",
      diff: "-  public void write(String text) { … }\n   public void write(byte[] bytes) { … }",
    },
  },
  generics_changed: {
    title: "a type takes other generic parameters",
    why: "Code that names them, or relied on looser bounds, may no longer compile.",
    fix: "Keep the parameters as they are, and give a new one a default where the language has them.",
    example: { language: "rs", diff: "-pub struct Client<T> {\n+pub struct Client<T, S> {" },
  },
  result_type_changed: {
    title: "the type of a result changed",
    why: "What callers do with it may no longer work.",
    example: {
      language: "ts",
      diff: "-export function find(id: string): User;\n+export function find(id: string): User | null;",
    },
    fix: "Give the new result under a new name, and keep the old one until the next major version.",
  },
  value_type_changed: {
    title: "the type of a public field or name changed",
    why: "Code that reads or writes it may no longer compile.",
    example: { language: "go", diff: " type Config struct {\n-\tTimeout int\n+\tTimeout time.Duration" },
    fix: "Keep the old type, or add a second field beside it.",
  },
  value_changed: {
    title: "a public constant or default has another value",
    why: "Code that relies on the value behaves otherwise.",
    example: { language: "py", diff: "-DEFAULT_TIMEOUT = 30\n+DEFAULT_TIMEOUT = 10" },
    fix: "Keep the value, or say in the description who will notice.",
  },
  field_made_required: {
    title: "a field can no longer be left out",
    why: "Whoever builds such a value has to give it.",
    fix: "Keep it optional, with a default.",
    example: { language: "ts", diff: " export interface Options {\n-  mode?: string;\n+  mode: string;" },
  },
  abstract_member_added: {
    title: "implementers must provide something new",
    why: "Their code no longer compiles until they do.",
    fix: "Give it a default implementation, or put it into an interface of its own.",
    example: { language: "go", diff: " type Store interface {\n+\tDelete(key string) error" },
  },
  base_removed: {
    title: "a class or interface is no longer one of another",
    why: "Code that passes it as such no longer compiles, or no longer catches it.",
    example: { language: "py", diff: "-class NotFound(KeyError):\n+class NotFound(Exception):" },
    fix: "Keep the base until the next major version.",
  },
};
