import { Download, FileText, Film, Image as ImageIcon, Link2, type LucideIcon, Music } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { formatBytes } from "@/lib/format";

import type { Artifact } from "../../model/job";
import { useFileActions } from "./file-actions";
import { isText, kindOf, type FileKind } from "./kinds";
import { TextPreview } from "./TextPreview";

const ICONS: Record<FileKind, LucideIcon> = {
  video: Film,
  audio: Music,
  picture: ImageIcon,
  text: FileText,
  other: FileText,
};
const FEW = 12;

/** Files by name and size; texts can be looked into. */
export function FileList({ jobId, artifacts }: { jobId: string; artifacts: readonly Artifact[] }) {
  const { t } = useTranslation("job");
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? artifacts : artifacts.slice(0, FEW);
  return (
    <div className="grid gap-2">
      <ul className="border-t border-line">
        {shown.map((artifact) => (
          <FileRow key={`${artifact.part}-${artifact.name}`} jobId={jobId} artifact={artifact} />
        ))}
      </ul>
      {artifacts.length > shown.length && (
        <div>
          <Button size="small" look="quiet" onClick={() => setShowsAll(true)}>
            {t("showAllFiles", { count: artifacts.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

function FileRow({ jobId, artifact }: { jobId: string; artifact: Artifact }) {
  const { t } = useTranslation("job");
  const [isOpen, setOpen] = useState(false);
  const { download, copyLink } = useFileActions(jobId, artifact);
  const Icon = ICONS[kindOf(artifact)];
  return (
    <li className="border-b border-line py-1">
      <div className="flex items-center gap-3 text-small">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
        {isText(artifact) ? (
          <button
            type="button"
            aria-expanded={isOpen}
            title={t("showText", { name: artifact.name })}
            onClick={() => setOpen(!isOpen)}
            className="min-h-6 min-w-0 truncate text-left underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            {artifact.name}
          </button>
        ) : (
          <span className="min-w-0 truncate" title={artifact.name}>
            {artifact.name}
          </span>
        )}
        <span className="figures ml-auto shrink-0 text-ink-faint">{formatBytes(artifact.size_bytes)}</span>
        <span className="flex shrink-0">
          <IconButton label={t("copyLinkName", { name: artifact.name })} onClick={() => void copyLink()}>
            <Link2 aria-hidden className="size-4" />
          </IconButton>
          <IconButton label={t("downloadName", { name: artifact.name })} onClick={() => void download()}>
            <Download aria-hidden className="size-4" />
          </IconButton>
        </span>
      </div>
      {isOpen && <TextPreview jobId={jobId} artifact={artifact} />}
    </li>
  );
}
