import { defineDetector, namesOf, type Observation, type ReadFile } from "../detector.ts";

const owners = /^(\.github\/|docs\/)?CODEOWNERS$/i;
const policy = /^(\.github\/)?checkpoints\.ya?ml$/i;
const container = /(^|\/)((Dockerfile|Containerfile)[^/]*|[^/]*\.dockerfile|(docker-)?compose[^/]*\.ya?ml)$/i;
const infrastructure =
  /\.(tf|tfvars|bicep)$|(^|\/)(k8s|kubernetes|helm|charts|terraform|ansible|pulumi)\/[^/].*\.(ya?ml|json|tpl)$/i;
const registry = /(^|\/)(\.npmrc|\.yarnrc(\.yml)?|\.pypirc|pip\.conf|\.gitmodules)$/;

/** Reports changes of what guards the repository itself, and of where its code comes from (C2). */
export const guardingFiles = defineDetector({
  id: "guarding_files",
  class: "security",
  title: "rules, owners and infrastructure",
  why: "Whoever changes the guard decides what passes later.",
  rules: {
    policy_changed: {
      title: "the policy of this gate changed",
      why: "Once merged it decides over every later pull request.",
      fix: "Let somebody read it who may release what the policy protects.",
      looksAt: "`checkpoints.yml` at the root and in `.github/`.",
    },
    codeowners_changed: {
      title: "the code owners changed",
      why: "They decide who is asked for which files.",
      fix: "Let somebody read it who owns the files in question.",
      looksAt: "`CODEOWNERS` at the root, in `.github/` and in `docs/`.",
    },
    code_source_changed: {
      title: "where packages or submodules come from changed",
      why: "Registries and submodules decide whose code is run.",
      fix: "Name in the description why code is to come from there.",
      looksAt: "`.npmrc`, `.yarnrc`, `.pypirc`, `pip.conf` and `.gitmodules`.",
    },
    container_changed: {
      title: "a container definition changed",
      why: "It decides what runs, and as whom.",
      fix: "Pin images by digest, and run as another user than root.",
      looksAt: "`Dockerfile`, `Containerfile` and compose files.",
    },
    infrastructure_changed: {
      title: "infrastructure changed",
      why: "It decides what is reachable from where.",
      fix: "Attach the plan of what will change, so that it can be read before it is applied.",
      looksAt:
        "Terraform and Bicep files, and YAML, JSON and templates in folders such as `k8s/`, `helm/` and `ansible/`.",
    },
  },
  detect: ({ files }) => ({ observations: files.flatMap(guards) }),
});

function guards(file: ReadFile): Observation[] {
  const isAny = (pattern: RegExp) => namesOf(file).some((path) => pattern.test(path));
  const at = { path: file.path };
  if (isAny(policy))
    return [{ rule: "policy_changed", strength: "proven", what: `the policy \`${file.path}\` changed`, ...at }];
  if (isAny(owners))
    return [{ rule: "codeowners_changed", strength: "proven", what: `\`${file.path}\` changed`, ...at }];
  if (isAny(registry))
    return [{ rule: "code_source_changed", strength: "proven", what: `\`${file.path}\` changed`, ...at }];
  if (file.leftOut === "vendored") return [];
  if (isAny(container))
    return [{ rule: "container_changed", strength: "hint", what: `\`${file.path}\` changed`, ...at }];
  if (isAny(infrastructure))
    return [{ rule: "infrastructure_changed", strength: "hint", what: `\`${file.path}\` changed`, ...at }];
  return [];
}
