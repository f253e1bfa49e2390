/** A message's rows of buttons. */
export interface Row {
  type?: number;
  components?: { type?: number; style?: number; label?: string; custom_id?: string }[];
}

/**
 * What Discord finds wrong with the buttons of a message.
 *
 * @source https://docs.discord.com/developers/components/reference#action-row, …#button
 */
export function faultsOfRows(rows: Row[] = []): string[] {
  const buttons = rows.flatMap(({ components = [] }) => components);
  const ids = buttons.map(({ custom_id: id }) => id);
  return [
    ...(rows.length > 5 ? ['components'] : []),
    ...rows.flatMap(({ type, components = [] }) =>
      type === 1 && components.length >= 1 && components.length <= 5 ? [] : ['components.type'],
    ),
    ...buttons.flatMap(({ type, style = 0, label = '', custom_id: id = '' }) => [
      ...(type === 2 && style >= 1 && style <= 4 ? [] : ['components.style']),
      ...(label.length >= 1 && label.length <= 80 ? [] : ['components.label']),
      ...(id.length >= 1 && id.length <= 100 ? [] : ['components.custom_id']),
    ]),
    ...(new Set(ids).size < ids.length ? ['components.custom_id twice'] : []),
  ];
}

/** The id of the first button that begins so. */
export function buttonOf(body: unknown, beginning: string): string | undefined {
  const { components = [] } = (body ?? {}) as { components?: Row[] };
  const buttons = components.flatMap((row) => row.components ?? []);
  return buttons.map(({ custom_id: id = '' }) => id).find((id) => id.startsWith(beginning));
}
