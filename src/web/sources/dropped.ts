// Files out of what was dropped: folders are opened, however deep, and their files taken one by one.

/** No more files than this are taken out of one drop: a whole disk is a slip of the hand. */
const MOST = 2000;

/** All files that were dropped, in order. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The entries are gone after the first wait, so all are taken now.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...transfer.files];
  const files: File[] = [];
  for (const entry of entries) await collect(entry, files);
  return files;
}

async function collect(entry: FileSystemEntry, into: File[]): Promise<void> {
  if (into.length >= MOST) return;
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) =>
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
    );
    // Files beginning with a dot are the machine's own (.DS_Store).
    if (file && !file.name.startsWith('.')) into.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) return;
    for (const inner of some) await collect(inner, into);
  }
}
