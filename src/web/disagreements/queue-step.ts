// Where the queue goes on. Pure.

/** Where the queue goes on once these are decided and leave it: to the next that stays, else to the one before. */
export function nextAfter(
  items: readonly { key: string }[],
  decided: ReadonlySet<string>,
  from: string,
): string | null {
  const at = items.findIndex(({ key }) => key === from);
  const stays = ({ key }: { key: string }) => !decided.has(key);
  return (items.slice(at + 1).find(stays) ?? items.slice(0, Math.max(0, at)).findLast(stays))?.key ?? null;
}
