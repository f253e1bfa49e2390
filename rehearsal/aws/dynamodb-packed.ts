type Fields = Record<string, unknown>;
type Attribute = Record<string, unknown>;

/** No text of the project begins so. */
const PACKED = '\u0001packed ';

/**
 * Maps and lists of an item as texts, since dynalite looks at each part of them several times: most of the time of a rehearsal
 * in which something large is remembered each minute. Nobody asks DynamoDB for a part of one: conditions and updates name
 * whole attributes.
 */
export function packed(item: unknown): unknown {
  if (!item || typeof item !== 'object') return item;
  return Object.fromEntries(
    Object.entries(item as Record<string, Attribute>).map(([name, attribute]) => [
      name,
      'M' in attribute || 'L' in attribute ? { S: `${PACKED}${JSON.stringify(attribute)}` } : attribute,
    ]),
  );
}

/** An answer with its maps and lists as they were. */
export function unpacked(output: Fields): Fields {
  const one = (item: unknown) =>
    item &&
    Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, original(attribute as Attribute)]));
  const { Item, Attributes, Items } = output;
  return {
    ...output,
    ...(Item !== undefined && { Item: one(Item) }),
    ...(Attributes !== undefined && { Attributes: one(Attributes) }),
    ...(Array.isArray(Items) && { Items: Items.map(one) }),
  };
}

function original(attribute: Attribute): Attribute {
  const { S } = attribute;
  return typeof S === 'string' && S.startsWith(PACKED) ? JSON.parse(S.slice(PACKED.length)) : attribute;
}
