import { type ReactNode, useEffect, useEffectEvent, useId, useState } from "react";

import { useObservable, Observable } from "@/lib/observable";
import { FileUpload, type UploadProgress } from "@/lib/uploads";

import { UploadLine } from "./components/UploadLine";
import { AssetPicker } from "./field/AssetPicker";
import { ChosenAsset } from "./field/ChosenAsset";
import { FileWell } from "./field/FileWell";
import type { Asset, AssetKind } from "./model/asset";
import { useKeepAsset } from "./model/keep";
import { followInTray } from "./model/tray";

interface AssetFieldProps {
  label: string;
  hint?: string;
  error?: string;
  kind: AssetKind;
  /** The id of an asset that is ready. */
  value: string | null;
  onChange: (assetId: string | null) => void;
}

/** A field that takes a file of the library, or one that is uploaded, cropped or recorded here. */
export function AssetField({ label, hint, error, kind, value, onChange }: AssetFieldProps) {
  const [upload, setUpload] = useUploadOfField((asset) => choose(asset));
  const [isPicking, setPicking] = useState(false);
  const [isReplacing, setReplacing] = useState(false);
  const keep = useKeepAsset();

  function choose(asset: Asset) {
    keep(asset);
    setUpload(null);
    setPicking(false);
    setReplacing(false);
    onChange(asset.id);
  }
  function send(file: File, isFromDisk: boolean) {
    const next = new FileUpload(file, { kind, isFromDisk });
    next.start();
    setUpload(next);
  }
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {upload !== null ? (
        <UploadLine upload={upload} onLeave={() => setUpload(null)} />
      ) : value !== null && !isReplacing ? (
        <ChosenAsset assetId={value} onReplace={() => setReplacing(true)} onRemove={() => onChange(null)} />
      ) : (
        <FileWell
          kind={kind}
          onFile={send}
          onPick={() => setPicking(true)}
          {...(value !== null && { onKeep: () => setReplacing(false) })}
        />
      )}
      {isPicking && <AssetPicker kind={kind} label={label} onChoose={choose} onClose={() => setPicking(false)} />}
    </FieldFrame>
  );
}

const NO_PROGRESS = new Observable<UploadProgress | null>(null);

/** The upload of this field. Where the field goes before its upload is done, the upload goes on in the tray. */
function useUploadOfField(onReady: (asset: Asset) => void) {
  const [upload, setUpload] = useState<FileUpload | null>(null);
  const asset = useObservable<UploadProgress | null>(upload?.progress ?? NO_PROGRESS)?.asset ?? null;
  const tell = useEffectEvent(onReady);
  useEffect(() => {
    if (asset !== null) tell(asset);
  }, [asset]);
  useEffect(() => {
    if (upload === null) return;
    return () => {
      if (!upload.isOver) followInTray(upload);
    };
  }, [upload]);
  return [upload, setUpload] as const;
}

/** A label, what is said of it, and the place of the file, as one group. */
function FieldFrame({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  children: ReactNode;
}) {
  const id = useId();
  const hasError = error !== undefined && error !== "";
  const described = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={described === "" ? undefined : described}
      className="grid min-w-0 gap-1.5"
    >
      <span id={`${id}-label`} className="text-small font-medium text-ink-soft">
        {label}
      </span>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${id}-error`} role="alert" className="text-small text-failed-ink">
          {error}
        </p>
      )}
    </div>
  );
}
