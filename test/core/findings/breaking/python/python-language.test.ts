import fc from "fast-check";
import { expect, it } from "vitest";
import { classifyStory } from "../../../../support/changes.ts";
import { apiRulesOf } from "../../../../support/public-api.ts";

const around = {
  "pyproject.toml": '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "lib"\n',
  "lib/__init__.py": "",
};

/** Rules met when a module of an installed package changes. */
function judged(before: string, after: string): Promise<string[]> {
  return apiRulesOf({ files: { "lib/api.py": [before, after] }, around });
}

it.each([
  { name: "a function is gone", before: "def load(): ...\n", after: "", rules: ["export_removed proven"] },
  { name: "a function with an underscore is gone", before: "def _load(): ...\n", after: "", rules: [] },
  { name: "a class is gone", before: "class A:\n    x = 1\n", after: "", rules: ["export_removed proven"] },
  { name: "a constant is gone", before: "LIMIT = 3\n", after: "", rules: ["export_removed proven"] },
  {
    name: "its own log is gone",
    before: "import logging\nlog = logging.getLogger('a')\n",
    after: "x = 1\n",
    rules: [],
  },
  {
    name: "a comment comes before the instance",
    before: "class A:\n    def __init__(\n        self,\n    ):\n        self.a = 1\n",
    after: "class A:\n    def __init__(  # no limit\n        self,\n    ):\n        self.a = 1\n",
    rules: [],
  },
  {
    name: "what every module makes for itself is gone",
    before: "say = tool.create(__name__)\n",
    after: "x = 1\n",
    rules: [],
  },
  { name: "a constant has another value", before: "LIMIT = 3\n", after: "LIMIT = 4\n", rules: ["value_changed hint"] },
  { name: "a function is now imported", before: "def load(): ...\n", after: "from .b import load\n", rules: [] },
  {
    name: "a function is now made on demand",
    before: "def load(): ...\n",
    after: "def __getattr__(name):\n    if name == 'load': return _load\n",
    rules: [],
  },
  {
    name: "a function is now looked up elsewhere",
    before: "def load(): ...\n",
    after: "def __getattr__(name):\n    return getattr(other, name)\n",
    rules: [],
  },
  {
    name: "another name is made on demand",
    before: "def load(): ...\n",
    after: "def __getattr__(name):\n    if name == 'dump': return _dump\n",
    rules: ["export_removed proven"],
  },
  {
    name: "a name made on demand is gone",
    before: "def __getattr__(name: str):\n    if name in ('load', 'dump'): return _load\n",
    after: "def __getattr__(name: str):\n    if name == 'dump': return _load\n",
    rules: ["export_removed proven"],
  },
  {
    name: "nothing is made on demand any more",
    before: "def __getattr__(name):\n    if name == 'load': return _load\n",
    after: "_x = 1\n",
    rules: ["export_removed proven"],
  },
  {
    name: "names are no longer looked up elsewhere",
    before: "def __getattr__(name):\n    return getattr(other, name)\n",
    after: "x = 1\n",
    rules: [],
  },
  {
    name: "a name outside of __all__ is gone",
    before: "__all__ = ['a']\na = 1\nb = 2\n",
    after: "__all__ = ['a']\na = 1\n",
    rules: [],
  },
  {
    name: "a name of __all__ is gone",
    before: "__all__ = ['a']\n__all__ += ['b']\na = 1\nb = 2\n",
    after: "__all__ = ['a']\na = 1\n",
    rules: ["export_removed proven"],
  },
  {
    name: "a class goes by another name and keeps the old",
    before: "class A:\n    x = 1\n",
    after: "class B:\n    x = 1\nA = B\n",
    rules: [],
  },
  {
    name: "a function is now behind a condition",
    before: "def a(): ...\n",
    after: "if x:\n    def a(): ...\nelse:\n    def a(): ...\n",
    rules: [],
  },
  {
    name: "a name only type checkers see is gone",
    before: "if TYPE_CHECKING:\n    from .b import B\n",
    after: "\n",
    rules: [],
  },
  { name: "what runs as a script is gone", before: "if __name__ == '__main__':\n    x = 1\n", after: "", rules: [] },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

const signature = (parameters: string) => `def load(${parameters}): ...\n`;

it.each([
  {
    name: "a parameter is added that must be given",
    before: "a",
    after: "a, b",
    rules: ["parameter_required_added proven"],
  },
  { name: "a parameter is added that may be given", before: "a", after: "a, b=1", rules: [] },
  {
    name: "a parameter is put before another that may be left out",
    before: "a, b=1",
    after: "a, c=2, b=1",
    rules: ["parameter_reordered likely"],
  },
  { name: "a keyword is put before another", before: "a, *, b=1", after: "a, *, c=2, b=1", rules: [] },
  { name: "a parameter is removed", before: "a, b=1", after: "a", rules: ["parameter_removed proven"] },
  { name: "a parameter of the library's own is removed", before: "a, _b=1", after: "a", rules: [] },
  { name: "a parameter is swallowed by keywords", before: "a, *, b=1", after: "a, **rest", rules: [] },
  {
    name: "a parameter that is mostly given by its place is renamed",
    before: "a, b",
    after: "a, c",
    rules: ["parameter_renamed likely"],
  },
  {
    name: "a parameter that may be left out is renamed",
    before: "a, b=1",
    after: "a, c=1",
    rules: ["parameter_renamed proven"],
  },
  {
    name: "parameters that may be left out change places",
    before: "a, b=1, c=2",
    after: "a, c=2, b=1",
    rules: ["parameter_reordered likely"],
  },
  { name: "a parameter by place is renamed", before: "a, /", after: "b, /", rules: [] },
  { name: "parameters change places", before: "a, b", after: "b, a", rules: ["parameter_reordered proven"] },
  { name: "keywords change places", before: "*, a, b", after: "*, b, a", rules: [] },
  { name: "a default is gone", before: "a=1", after: "a", rules: ["parameter_made_required proven"] },
  { name: "a default is another", before: "a=1", after: "a=2", rules: ["parameter_default_changed hint"] },
  {
    name: "a parameter takes a keyword only",
    before: "a, b=1",
    after: "a, *, b=1",
    rules: ["parameter_passing_changed proven"],
  },
  { name: "a keyword may be given by place", before: "a, *, b=1", after: "a, b=1", rules: [] },
  {
    name: "a parameter is given by place only",
    before: "a, b",
    after: "a, b, /",
    rules: ["parameter_passing_changed proven", "parameter_passing_changed proven"],
  },
  { name: "keywords are written out", before: "**options", after: "*, a=1, b=2", rules: ["parameter_removed hint"] },
  { name: "keywords are no longer taken", before: "a, **options", after: "a", rules: ["parameter_removed likely"] },
  { name: "a catch-all has another name", before: "*args, **kw", after: "*values, **options", rules: [] },
  {
    name: "a type is written in the form of today",
    before: "a: Optional[List[str]]",
    after: "a: 'list[str] | None'",
    rules: [],
  },
  { name: "a type is widened", before: "a: int", after: "a: str | int", rules: [] },
  { name: "a type is narrowed", before: "a: str | int", after: "a: int", rules: ["parameter_type_changed hint"] },
])("called differently: $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(signature(before), signature(after))).toEqual(rules);
});

it.each([
  {
    name: "it must now be awaited",
    before: "def a(): ...\n",
    after: "async def a(): ...\n",
    rules: ["result_type_changed proven"],
  },
  {
    name: "it promised something to await all along",
    before: "def a() -> Awaitable[int]: ...\n",
    after: "async def a() -> int: ...\n",
    rules: [],
  },
  { name: "the result is narrower", before: "def a() -> int | None: ...\n", after: "def a() -> int: ...\n", rules: [] },
  {
    name: "the result may be missing",
    before: "def a() -> int: ...\n",
    after: "def a() -> Optional[int]: ...\n",
    rules: ["result_type_changed hint"],
  },
  {
    name: "a way of calling is gone",
    before: "@overload\ndef a(x: int): ...\n@overload\ndef a(x: int, y: int): ...\ndef a(*args): ...\n",
    after: "def a(x: int): ...\n",
    rules: ["overload_removed proven", "overload_removed proven"],
  },
  {
    name: "a way of calling is added",
    before: "def a(x): ...\n",
    after: "@overload\ndef a(x): ...\n@overload\ndef a(x, y): ...\ndef a(x, y=None): ...\n",
    rules: [],
  },
  {
    name: "a command takes other options",
    before: "@cli.command()\ndef a(x): ...\n",
    after: "@cli.command()\ndef a(y): ...\n",
    rules: [],
  },
])("a function: $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

const body = (...lines: string[]) => `class A:\n    anchor = None\n${lines.map((line) => `    ${line}\n`).join("")}`;

it.each([
  { name: "a method is gone", before: body("def open(self): ..."), after: body(), rules: ["member_removed proven"] },
  { name: "a method with an underscore is gone", before: body("def _open(self): ..."), after: body(), rules: [] },
  { name: "the written constructor is gone", before: body("def __init__(self): ..."), after: body(), rules: [] },
  {
    name: "the constructor needs more",
    before: body("def __init__(self): ..."),
    after: body("def __init__(self, b): ..."),
    rules: ["parameter_required_added proven"],
  },
  {
    name: "it can no longer be entered",
    before: body("def __enter__(self): ..."),
    after: body(),
    rules: ["member_removed proven"],
  },
  { name: "its representation is gone", before: body("def __repr__(self): ..."), after: body(), rules: [] },
  {
    name: "an attribute of instances is gone",
    before: body("def __init__(self):", "    self.name = 1"),
    after: body("def __init__(self):", "    pass"),
    rules: ["member_removed proven"],
  },
  {
    name: "an attribute is now a property",
    before: body("def __init__(self):", "    self.name = 1"),
    after: body("@property", "def name(self): ..."),
    rules: [],
  },
  {
    name: "a method is now a property",
    before: body("def name(self): ..."),
    after: body("@property", "def name(self): ..."),
    rules: ["symbol_kind_changed likely"],
  },
  {
    name: "a method needs an instance",
    before: body("@classmethod", "def make(cls): ..."),
    after: body("def make(self): ..."),
    rules: ["symbol_kind_changed likely"],
  },
  {
    name: "a base is gone",
    before: "class A(KeyError): ...\n",
    after: "class A(Exception): ...\n",
    rules: ["base_removed likely"],
  },
  {
    name: "a base of its own is gone",
    before: "class B: ...\nclass A(B): ...\n",
    after: "class B: ...\nclass A: ...\n",
    rules: ["base_removed likely"],
  },
  {
    name: "a base is met further up",
    before: "class B: ...\nclass A(B): ...\n",
    after: "class B: ...\nclass C(B): ...\nclass A(C): ...\n",
    rules: [],
  },
  {
    name: "an enumeration of texts says so by one base",
    before: "class A(str, Enum):\n    X = 'x'\n",
    after: "class A(StrEnum):\n    X = 'x'\n",
    rules: [],
  },
  {
    name: "a value of an enumeration is gone",
    before: "class A(Enum):\n    X = 1\n    Y = 2\n",
    after: "class A(Enum):\n    X = 1\n",
    rules: ["enum_member_removed proven"],
  },
  {
    name: "an overriding method is gone",
    before: "class B:\n    def run(self): ...\nclass A(B):\n    def run(self): ...\n",
    after: "class B:\n    def run(self): ...\nclass A(B):\n    x = 1\n",
    rules: [],
  },
  {
    name: "a method must now be overridden",
    before: body("def run(self): ..."),
    after: body("@abstractmethod", "def run(self): ..."),
    rules: ["abstract_member_added likely"],
  },
  {
    name: "a protocol asks for more",
    before: "class P(Protocol):\n    def a(self): ...\n",
    after: "class P(Protocol):\n    def a(self): ...\n    def b(self): ...\n",
    rules: ["abstract_member_added likely"],
  },
  { name: "configuration inside is gone", before: body("class Meta:", "    x = 1"), after: body(), rules: [] },
])("a class: $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

it.each([
  {
    name: "a dataclass asks for more",
    before: "@dataclass\nclass A:\n    x: int\n",
    after: "@dataclass\nclass A:\n    x: int\n    y: int\n",
    rules: ["parameter_required_added likely"],
  },
  {
    name: "a dataclass takes more",
    before: "@dataclass\nclass A:\n    x: int\n",
    after: "@dataclass\nclass A:\n    x: int\n    y: int = 1\n    z: list = field(default_factory=list)\n",
    rules: [],
  },
  {
    name: "a field of a dataclass is gone",
    before: "@dataclass\nclass A:\n    x: int\n    y: int\n",
    after: "@dataclass\nclass A:\n    x: int\n",
    rules: ["member_removed proven"],
  },
  {
    name: "a model asks for more",
    before: "class A(BaseModel):\n    x: int\n",
    after: "class A(BaseModel):\n    x: int\n    y: int = Field(..., gt=1)\n",
    rules: ["parameter_required_added likely"],
  },
  {
    name: "a typed dictionary has an optional key more",
    before: "class A(TypedDict):\n    x: int\n",
    after: "class A(TypedDict):\n    x: int\n    y: NotRequired[int]\n",
    rules: [],
  },
  {
    name: "a field is not given by callers",
    before: "@dataclass\nclass A:\n    x: int\n",
    after: "@dataclass\nclass A:\n    x: int\n    y: int = field(init=False)\n",
    rules: [],
  },
])("built by Python: $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

it("shows what differs between long lists of parameters", async () => {
  const many = Array.from({ length: 30 }, (_, at) => `option_${at}: int = ${at}`).join(", ");
  const { classes } = await classifyStory({
    files: {
      "lib/api.py": [
        `def load(path, *, ${many}, cert=None, last=1): ...\n`,
        `def load(path, *, ${many}, last=1): ...\n`,
      ],
    },
    around,
  });
  expect(classes.breaking_change.findings.map(({ before, after }) => ({ before, after }))).toEqual([
    { before: "load(…, cert = None, …)", after: "load(…)" },
  ]);
});

it("says what is lost, where, and what to call it", async () => {
  const { classes } = await classifyStory({
    files: { "lib/api.py": ["import os\n\n\ndef load(\n    path,\n): ...\n", "import os\n"] },
    around,
  });
  expect(classes.breaking_change.findings).toMatchObject([
    {
      what: "function `load` was removed",
      line: 4,
      side: "base",
      before: "def load( path, ):",
      symbol: "load",
      reach: "public",
    },
  ]);
});

const module = fc.constantFrom(
  "def a(x, /, y: int = 1, *args, z, **kw) -> int: ...\n",
  "class A(B[int], metaclass=M):\n    x: int = 1\n    def m(self): self.y = 2\n",
  "from .b import c as c, d\nfrom . import *\nimport e.f\n",
  "__all__ = ['a', *b.__all__]\n__all__.extend(['c'])\n",
  "@dataclass(frozen=True)\nclass D:\n    x: 'int'\n    y: list[int] = field()\n",
  "try:\n    import q\nexcept ImportError:\n    q = None\n",
  "type T = int | str\n",
);

it("finds nothing where nothing changed but comments, and nothing where something was added", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(module, { maxLength: 5 }), async (parts) => {
      const text = parts.join("\n");
      expect(await judged(text, `${text}\n# said\n`)).toEqual([]);
      expect(await judged(text, `${text}\ndef brand_new(a, b): ...\n`)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

it("never throws on cut-off text and nonsense", async () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.tuple(fc.array(module, { maxLength: 5 }), fc.nat(400)).map(([parts, end]) => parts.join("\n").slice(0, end)),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      await expect(judged(before, after)).resolves.toBeInstanceOf(Array);
    }),
    { numRuns: 60 },
  );
});
