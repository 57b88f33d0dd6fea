/** Which types of Protocol Buffers read each other's bytes. */

/**
 * Within one group old and new programs understand each other's bytes, as far as values fit.
 *
 * @see https://protobuf.dev/programming-guides/proto3/#updating
 */
const groups: readonly (readonly string[])[] = [
  ["int32", "uint32", "int64", "uint64", "bool"],
  ["sint32", "sint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
  ["string", "bytes"],
  ["float"],
  ["double"],
];

const groupOf = new Map(groups.flatMap((group, at) => group.map((type) => [type, at] as const)));

export function isScalar(type: string): boolean {
  return groupOf.has(type);
}

/** `.shop.v1.Order`, `v1.Order` and `Order` are ways to write one name. */
export function isSameType(before: string, after: string): boolean {
  const [one, other] = [before.replace(/^\./, ""), after.replace(/^\./, "")];
  return one === other || (!isScalar(one) && !isScalar(other) && (endsIn(one, other) || endsIn(other, one)));
}

function endsIn(long: string, short: string): boolean {
  return long.endsWith(`.${short}`);
}

/** @param isEnum whether a name is an enumeration, as far as known */
export function readsSameBytes(before: string, after: string, isEnum: (type: string) => boolean): boolean {
  const [one, other] = [groupOf.get(before), groupOf.get(after)];
  if (one !== undefined && other !== undefined) return one === other;
  // An enumeration is a varint on the wire.
  if (one === 0) return isEnum(after);
  return other === 0 && isEnum(before);
}
