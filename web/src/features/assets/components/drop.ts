import { type ClipboardEvent, type DragEvent, useState } from "react";

/** What makes a place take files that are dropped or pasted there. */
export function useDrop(onFiles: (files: File[]) => void) {
  const [depth, setDepth] = useState(0);
  const place = {
    onDragEnter(event: DragEvent) {
      if (hasFiles(event)) setDepth((now) => now + 1);
    },
    onDragLeave(event: DragEvent) {
      if (hasFiles(event)) setDepth((now) => Math.max(0, now - 1));
    },
    onDragOver(event: DragEvent) {
      if (hasFiles(event)) event.preventDefault();
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      take([...event.dataTransfer.files]);
    },
    onPaste(event: ClipboardEvent) {
      take([...event.clipboardData.files]);
    },
  };
  function take(files: File[]) {
    if (files.length > 0) onFiles(files);
  }
  return { isOver: depth > 0, place };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}
