/** A group as people call it; its key where it was deleted. */
export function groupName(groups: readonly { readonly key: string; readonly name: string }[], key: string): string {
  return groups.find((group) => group.key === key)?.name ?? key;
}
