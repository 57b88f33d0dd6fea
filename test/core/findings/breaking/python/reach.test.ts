import { expect, it } from "vitest";
import type { Story } from "../../../../support/changes.ts";
import { apiRulesOf } from "../../../../support/public-api.ts";

const project = '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "lib"\n';
const gone: [string, string] = ["def load(): ...\ndef dump(): ...\n", "def dump(): ...\n"];

it.each([
  {
    name: "a module beside an empty package file",
    files: { "lib/api.py": gone },
    around: { "lib/__init__.py": "" },
    rules: ["export_removed proven"],
  },
  {
    name: "a module in src",
    files: { "src/lib/api.py": gone },
    around: { "src/lib/__init__.py": "" },
    rules: ["export_removed proven"],
  },
  {
    name: "a module that the package hands other names on from",
    files: { "lib/api.py": gone },
    around: { "lib/__init__.py": "from .other import x\n" },
    rules: ["export_removed likely"],
  },
  { name: "a private module", files: { "lib/_api.py": gone }, around: { "lib/__init__.py": "" }, rules: [] },
  {
    name: "a private package",
    files: { "lib/_impl/api.py": gone },
    around: { "lib/__init__.py": "", "lib/_impl/__init__.py": "" },
    rules: [],
  },
  {
    name: "a private module all of which the package hands on",
    files: { "lib/_api.py": gone },
    around: { "lib/__init__.py": "from ._api import *\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a private module, handed on by name in the same change",
    files: { "lib/_api.py": gone, "lib/__init__.py": ["from ._api import load, dump\n", "from ._api import dump\n"] },
    rules: ["export_removed proven"],
  },
  {
    name: "a private module in a private package, handed on from further up",
    files: { "lib/_a/_b.py": gone, "lib/__init__.py": ["from ._a import load\n", ""] },
    around: { "lib/_a/__init__.py": "from ._b import *\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a module whose name the package now takes from elsewhere",
    files: {
      "lib/api.py": gone,
      "lib/__init__.py": ["from .api import load\n", "from .new import load\n"],
      "lib/new.py": [null, "def load(): ...\n"],
    },
    rules: [],
  },
  {
    name: "a module of helpers",
    files: { "lib/utils.py": gone },
    around: { "lib/__init__.py": "from .other import x\n" },
    rules: ["export_removed hint"],
  },
  {
    name: "a module that serves a command line",
    files: { "lib/cli/commands.py": gone },
    around: { "lib/__init__.py": "", "lib/cli/__init__.py": "" },
    rules: ["export_removed hint"],
  },
  {
    name: "a module that a package further up chose another name from",
    files: { "lib/deep/api.py": ["def load(): ...\n\ndef dump(): ...\n", "def dump(): ...\n"] },
    around: { "lib/__init__.py": "from .deep.api import dump\n", "lib/deep/__init__.py": "" },
    rules: ["export_removed likely"],
  },
  {
    name: "a helper that the package hands on",
    files: { "lib/utils.py": ["def echo(a): ...\n", "def echo(a, b): ...\n"] },
    around: { "lib/__init__.py": "from .utils import echo\n" },
    rules: ["parameter_required_added proven"],
  },
  {
    name: "a module that became a package",
    files: {
      "lib/api.py => lib/api/__init__.py": ["def load(): ...\n", "from .load import load\n"],
      "lib/api/load.py": [null, "def load(): ...\n"],
    },
    around: { "lib/__init__.py": "" },
    rules: [],
  },
  {
    name: "a module that looked all its names up elsewhere",
    files: { "lib/old.py": ["def __getattr__(name):\n    return getattr(new, name)\n", null] },
    around: { "lib/__init__.py": "" },
    rules: ["export_removed proven"],
  },
  {
    name: "tests in the package",
    files: { "lib/tests/api.py": gone },
    around: { "lib/__init__.py": "", "lib/tests/__init__.py": "" },
    rules: [],
  },
  { name: "a script", files: { "tool.py": gone }, rules: [] },
  { name: "a module handed out by itself", files: { "lib.py": gone }, rules: ["export_removed proven"] },
  {
    name: "an application without a manifest of a package",
    files: { "app/api.py": gone },
    around: { "app/__init__.py": "", "pyproject.toml": "[tool.ruff]\n" },
    rules: [],
  },
  {
    name: "a project that does not say it is built",
    files: { "lib/api.py": gone },
    around: { "lib/__init__.py": "", "pyproject.toml": '[project]\nname = "lib"\n' },
    rules: ["export_removed likely"],
  },
  {
    name: "a package that must not be published",
    files: { "lib/api.py": gone },
    around: { "lib/__init__.py": "", "pyproject.toml": `${project}classifiers = ["Private :: Do Not Upload"]\n` },
    rules: [],
  },
  {
    name: "a package with setup.py",
    files: { "lib/api.py": gone },
    around: { "lib/__init__.py": "", "pyproject.toml": "", "setup.py": "setup(packages=find_packages())\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a package that the policy names",
    files: { "lib/_api.py": gone },
    around: { "lib/__init__.py": "" },
    options: { breaking_change: { public: ["lib/**"] } },
    rules: ["export_removed proven"],
  },
] as (Story & { name: string; rules: string[] })[])(
  "a name is gone from $name → $rules",
  async ({ rules, name: _, ...story }) => {
    const around = { "pyproject.toml": project, ...story.around };
    expect(await apiRulesOf({ ...story, around })).toEqual(rules);
  },
);
