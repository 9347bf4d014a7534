import { useEffect, useEffectEvent, useState } from "react";

/** Takes files that are dropped or pasted anywhere on the page. True while some are held over it. */
export function useFilesAnywhere(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent((files: File[]) => {
    if (files.length > 0) onFiles(files);
  });
  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    function enter(event: DragEvent) {
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      setOver(true);
    }
    function leave(event: DragEvent) {
      if (event.relatedTarget === null) setOver(false);
    }
    function drop(event: DragEvent) {
      setOver(false);
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault(); // or the browser goes to the file
      take([...(event.dataTransfer?.files ?? [])]);
    }
    document.addEventListener("dragover", enter, { signal });
    document.addEventListener("dragleave", leave, { signal });
    document.addEventListener("drop", drop, { signal });
    document.addEventListener("paste", (event) => take([...(event.clipboardData?.files ?? [])]), { signal });
    return () => over.abort();
  }, []);
  return isOver;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
