/** Rules about data that is run: objects, code, queries, commands and entities. */

import { argsOf, type CodeRule } from "../code-rule.ts";
import type { Value } from "../facts.ts";
import { isVaried } from "./varied.ts";

const first = (args: readonly Value[]) => args.find(({ key }) => key === null);

export const unsafeDeserialisation: CodeRule = {
  id: "unsafe_deserialisation",
  when: "appears",
  strength: "likely",
  near: /pickle|\bdill\.|marshal\.|yaml\.(?:load|unsafe)|joblib|torch\.load|ObjectInputStream|XMLDecoder|DefaultTyping|BinaryFormatter|NetDataContract|LosFormatter|SoapFormatter|ObjectStateFormatter|TypeNameHandling|Psych\.|unserialize/i,
  rule: {
    title: "objects are built from bytes that may come from outside",
    why: "These formats may name code to run while they are read: whoever writes the bytes runs it.",
    fix: "Use JSON or another format of plain data, or the safe loader.",
    looksAt:
      "Readers that build any object: pickle, YAML without a safe loader, Java's and .NET's object streams, PHP's `unserialize`, Ruby's `Marshal`.",
    example: { language: "py", diff: "-data = yaml.safe_load(text)\n+data = yaml.load(text, Loader=yaml.Loader)" },
  },
  says: (fact) => `objects of any kind are built from bytes: \`${fact.name}\``,
  key: (fact) => `${fact.name} ${argsOf(fact)}`,
  patterns: [
    {
      on: "call",
      in: ["python"],
      name: /^(?:c?[pP]ickle|_pickle|dill|cloudpickle|marshal)\.(?:loads?|Unpickler)$|^jsonpickle\.decode$|^joblib\.load$/,
    },
    { on: "call", in: ["python"], name: /^torch\.load$/, unless: /weights_only\s?=\s?True/ },
    { on: "call", in: ["python"], name: /^yaml\.(?:unsafe_load(?:_all)?)$/, strength: "proven" },
    {
      on: "call",
      in: ["python"],
      name: /^yaml\.load(?:_all)?$/,
      unless: /\b(?:C?SafeLoader|BaseLoader|C?FullLoader)\b/,
      test: ({ args }) =>
        args.length === 1 || args.some(({ source }) => /\b(?:yaml\.)?(?:Unsafe)?(?:C)?Loader$/.test(source)),
    },
    {
      on: "call",
      in: ["java"],
      name: /^ObjectInputStream$|^XMLDecoder$|\.(?:enableDefaultTyping|activateDefaultTyping)$/,
    },
    {
      on: "call",
      in: ["csharp"],
      name: /^(?:BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|ObjectStateFormatter)$/,
      strength: "proven",
    },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)TypeNameHandling$/, value: /TypeNameHandling\.(?:All|Auto|Objects)$/ },
    { on: "call", in: ["ruby"], name: /^(?:Marshal\.(?:load|restore)|YAML\.unsafe_load|Psych\.unsafe_load)$/ },
    { on: "call", in: ["php"], name: /^unserialize$/, unless: /allowed_classes/ },
    { on: "call", in: ["javascript"], name: /^(?:serialize|nodeSerialize)\.unserialize$/ },
  ],
};

export const codeEvaluated: CodeRule = {
  id: "code_evaluated",
  when: "appears",
  strength: "likely",
  near: /\beval\(|\beval |_eval\b|new Function|runIn|setTimeout\(|setInterval\(|\bexec\(|create_function|CSharpScript|engine\.eval/i,
  rule: {
    title: "text is run as code",
    why: "Where any part of the text comes from outside, so does the code.",
    fix: "Parse the text, or look it up in a table of functions.",
    looksAt: "Evaluation of anything that is not a constant text.",
    example: { language: "ts", diff: "+const total = eval(formula);" },
  },
  says: (fact) => `text is run as code: \`${fact.name}\``,
  key: (fact) => `${fact.name} ${argsOf(fact)}`,
  patterns: [
    {
      on: "call",
      in: ["javascript"],
      name: /^(?:(?:window|globalThis|self|global)\.)?eval$/,
      test: ({ args }) => isVaried(first(args)),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /^Function$/,
      unless: /return this|^Function\(["']return ["']/,
      test: ({ args, source }) => source.startsWith("new ") && args.some(isVaried),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /^vm\.runIn(?:New|This)?Context$/,
      test: ({ args }) => isVaried(first(args)),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /^(?:window\.)?set(?:Timeout|Interval)$/,
      test: ({ args }) => args[0]?.kind === "built",
    },
    { on: "call", in: ["python"], name: /^(?:eval|exec)$/, test: ({ args }) => isVaried(first(args)) },
    {
      on: "call",
      in: ["ruby"],
      name: /^(?:eval|Kernel\.eval)$|\.(?:instance|class|module)_eval$/,
      test: ({ args }) => isVaried(first(args)),
    },
    { on: "call", in: ["php"], name: /^(?:eval|create_function)$/, test: ({ args }) => args.some(isVaried) },
    {
      on: "call",
      in: ["csharp"],
      name: /CSharpScript\.(?:EvaluateAsync|RunAsync)$/,
      test: ({ args }) => isVaried(first(args)),
    },
    {
      on: "call",
      in: ["java"],
      name: /(?:script|js)\w{0,10}engine\.eval$/i,
      test: ({ args }) => isVaried(first(args)),
    },
  ],
};

export const externalEntitiesRead: CodeRule = {
  id: "external_entities_read",
  when: "appears",
  strength: "likely",
  near: /resolve_entities|noent|replaceEntities|-entities|disallow-doctype|ExpandEntity|DtdProcessing|entity_loader/i,
  rule: {
    title: "XML may pull in other files",
    why: "A document from outside can then read files of the server and call addresses inside the network.",
    fix: "Leave external entities off.",
    example: { language: "py", diff: "+parser = etree.XMLParser(resolve_entities=True)" },
  },
  says: (fact) => `XML may pull in other files: \`${fact.name}\``,
  patterns: [
    { on: "pair", in: ["python"], name: /^resolve_entities$/, value: /^True$/ },
    { on: "pair", in: ["javascript"], name: /^(?:noent|replaceEntities)$/, value: /^true$/ },
    {
      on: "call",
      in: ["java"],
      name: /\.setFeature$/,
      args: /external-(?:general|parameter)-entities", true$|disallow-doctype-decl", false$/,
    },
    { on: "call", in: ["java"], name: /\.setExpandEntityReferences$/, args: /^true$/ },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)DtdProcessing$/, value: /DtdProcessing\.Parse$/ },
    { on: "call", in: ["php"], args: /\bLIBXML_NOENT\b/ },
    { on: "call", in: ["php"], name: /^libxml_disable_entity_loader$/, args: /^false$/i },
    { on: "call", in: ["ruby"], test: (fact) => /\bNOENT\b/.test(argsOf(fact)) },
  ],
};
