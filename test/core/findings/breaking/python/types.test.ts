import { expect, it } from "vitest";
import { isCompatibleType } from "../../../../../src/core/findings/breaking/python/types.ts";

it.each([
  ["Optional[int]", "int | None", "value", true],
  ["Union[str, int]", "int | str", "value", true],
  ["typing.List[str]", "list[str]", "value", true],
  ['"Scope"', "Scope", "value", true],
  ["t.Callable[[int], str]", "Callable[[int], str]", "value", true],
  ["Annotated[int, 3]", "int", "value", true],
  ["dict", "dict[str, Any]", "value", true],
  ["list[str]", "Sequence[str]", "parameter", true],
  ["Sequence[str]", "list[str]", "parameter", false],
  ["Sequence[str]", "list[str]", "result", true],
  ["int", "int | str", "parameter", true],
  ["int", "int | str", "result", false],
  ["Literal['a']", "Literal['a', 'b']", "parameter", true],
  ["Literal['a', 'b']", "Literal['a']", "parameter", false],
  ["str", "bytes", "parameter", false],
  ["str", "Any", "value", true],
  ["list[", "dict[", "value", false],
] as const)("%s → %s as a %s: %s", (from, to, position, fits) => {
  expect(isCompatibleType(from, to, position)).toBe(fits);
});
