import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import { FileButton } from "@/components/ui/Button";
import { formatBytes } from "@/lib/format";

import type { SharedFile } from "../model/shared";

/** The one that is looked at first stands out. */
export function Downloads({ files, first }: { files: readonly SharedFile[]; first: SharedFile | undefined }) {
  const { t } = useTranslation("share");
  const kept = files.filter((file) => file.role !== "thumbnail");
  if (kept.length === 0) return null;
  return (
    <section aria-label={t("downloads")}>
      <h2 className="strip mb-2">{t("downloads")}</h2>
      <ul className="flex flex-wrap gap-2">
        {kept.map((file) => (
          <li key={file.name} className="max-w-full">
            <FileButton
              href={file.download_url}
              download={file.name}
              look={file === first ? "primary" : "plain"}
              icon={<Download aria-hidden className="size-4 shrink-0" />}
              className="max-w-full"
            >
              <span className="truncate">{file.name}</span>
              <span className="figures opacity-80">{formatBytes(file.size_bytes)}</span>
            </FileButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
