import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { formatBytes } from "@/lib/format";
import { useObservable } from "@/lib/observable";
import { giveUp, type LeftUpload, leftUploads } from "@/lib/left-uploads";

import { FileInput } from "../components/FileInput";
import { useKeepAsset } from "../model/keep";
import { sendAs } from "../model/tray";
import { tray } from "../model/tray-content";

const KEY = ["left-uploads"] as const;

/** Uploads that an earlier visit could not end: with the same file they go on where they stopped. */
export function LeftUploads() {
  const queries = useQueryClient();
  const keep = useKeepAsset();
  const running = useObservable(tray);
  const left = useQuery({ queryKey: [...KEY, running.length], queryFn: leftUploads, staleTime: 0 }).data ?? [];
  const stopped = left.filter(({ name }) => !running.some(({ file, isOver }) => file.name === name && !isOver));
  async function drop(upload: LeftUpload) {
    await giveUp(upload).catch(() => undefined); // unreachable: the server forgets it by itself
    await queries.invalidateQueries({ queryKey: KEY });
  }
  if (stopped.length === 0) return null;
  return (
    <ul className="mb-5 grid gap-2">
      {stopped.map((upload) => (
        <li key={upload.key} className="rounded-small border border-waiting/50 bg-waiting/10 px-4 py-3">
          <Left
            upload={upload}
            onFiles={(files) => sendAs(files, upload.kind, keep)}
            onDrop={() => void drop(upload)}
          />
        </li>
      ))}
    </ul>
  );
}

function Left({
  upload,
  onFiles,
  onDrop,
}: {
  upload: LeftUpload;
  onFiles: (files: File[]) => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation("assets");
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="min-w-0 text-small break-words">
        {t("leftUpload", { name: upload.name, size: formatBytes(upload.sizeBytes) })}
      </p>
      <div className="flex flex-wrap gap-2">
        <FileInput isSmall onFiles={onFiles}>
          {t("chooseAgain")}
        </FileInput>
        <Button size="small" look="quiet" onClick={onDrop}>
          {t("giveUp")}
        </Button>
      </div>
    </div>
  );
}
