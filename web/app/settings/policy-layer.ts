/** The settings of a layer, or of what is in force, by the names of the page: those of assignment are `assignment.mode` and so on. */
export function settingsOf(layer: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const { assignment, ...rest } = layer;
  const inner = typeof assignment === 'object' && assignment !== null ? Object.entries(assignment) : [];
  return new Map([...Object.entries(rest), ...inner.map(([key, value]) => [`assignment.${key}`, value] as const)].filter(([, value]) => value !== undefined));
}

/** The same the other way: what PUT takes. */
export function layerOf(settings: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const layer: Record<string, unknown> = {};
  const assignment: Record<string, unknown> = {};
  for (const [name, value] of settings) {
    const [first, second] = name.split('.');
    if (first === 'assignment' && second !== undefined) assignment[second] = value;
    else layer[name] = value;
  }
  return Object.keys(assignment).length === 0 ? layer : { ...layer, assignment };
}
