/** The languages whose syntax can be read, and which files are written in them. */

export const grammars = [
  "python",
  "go",
  "rust",
  "java",
  "kotlin",
  "c_sharp",
  "php",
  "ruby",
  "bash",
  "javascript",
  "typescript",
  "tsx",
  "hcl",
] as const;
export type Grammar = (typeof grammars)[number];

/** Where the grammar comes from, as a module specifier; a relative one is resolved from where grammars are loaded. */
export const grammarFiles: Readonly<Record<Grammar, string>> = {
  python: "@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm",
  go: "@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm",
  rust: "@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm",
  java: "@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm",
  kotlin: "../../../../vendor/tree-sitter-kotlin/tree-sitter-kotlin.wasm",
  c_sharp: "@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm",
  php: "@vscode/tree-sitter-wasm/wasm/tree-sitter-php.wasm",
  ruby: "@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm",
  bash: "@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm",
  javascript: "@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm",
  typescript: "@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm",
  tsx: "@vscode/tree-sitter-wasm/wasm/tree-sitter-tsx.wasm",
  hcl: "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
};

const byExtension: Readonly<Record<string, Grammar>> = {
  py: "python",
  pyi: "python",
  go: "go",
  rs: "rust",
  java: "java",
  kt: "kotlin",
  cs: "c_sharp",
  php: "php",
  rb: "ruby",
  sh: "bash",
  bash: "bash",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "tsx",
  tf: "hcl",
  hcl: "hcl",
};

/** @returns `null` for files in other languages */
export function grammarOf(path: string): Grammar | null {
  const extension = /\.([a-z]{1,5})$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? null) : null;
}
