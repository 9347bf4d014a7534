import { FileCheck2 } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import type { AssetFieldProps, AssetKind } from "../asset-field";
import { assetIdOf, isSample, isStoredFile, referenceOf } from "../model/order";

export interface FileFieldProps {
  /** The parameter that it is; left out where something around it says so. */
  path?: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  kind: AssetKind;
  value: unknown;
  onChange: (reference: string | undefined) => void;
  AssetField: ComponentType<AssetFieldProps>;
}

/** A parameter that names a file: of the library, the bundled sample, or one that only an earlier job still has. */
export function FileField({ path, label, hint, error, kind, value, onChange, AssetField }: FileFieldProps) {
  const { t } = useTranslation("create");
  const other = () => onChange(undefined);
  return (
    <div data-field={path}>
      {isSample(value) ? (
        <Kept label={label} name={t("samplePortrait")} hint={t("samplePortraitHint")} onOther={other}>
          <img src="/samples/portrait.jpg" alt="" className="size-24 rounded-small object-cover" />
        </Kept>
      ) : isStoredFile(value) ? (
        <Kept label={label} name={t("storedFile")} hint={t("storedFileHint")} error={error} onOther={other}>
          <FileCheck2 aria-hidden className="m-3 size-6 text-ink-faint" />
        </Kept>
      ) : (
        <AssetField
          label={label}
          kind={kind}
          value={assetIdOf(value)}
          onChange={(assetId) => onChange(referenceOf(assetId))}
          {...(hint !== undefined && { hint })}
          {...(error !== undefined && { error })}
        />
      )}
    </div>
  );
}

interface KeptProps {
  label: string;
  name: string;
  hint: string;
  error?: string | undefined;
  onOther: () => void;
  children: ReactNode;
}

function Kept({ label, name, hint, error, onOther, children }: KeptProps) {
  const { t } = useTranslation("create");
  return (
    <div role="group" aria-label={label} className="grid gap-1.5">
      <p className="text-small font-medium text-ink-soft">{label}</p>
      <div className="flex flex-wrap items-center gap-4 rounded-small border border-line bg-raised p-3">
        {children}
        <div className="min-w-0 grow">
          <p className="font-medium">{name}</p>
          <p className="text-small text-ink-faint">{hint}</p>
        </div>
        <Button size="small" onClick={onOther}>
          {t("chooseOther")}
        </Button>
      </div>
      {error !== undefined && (
        <p role="alert" className="text-small text-failed-ink">
          {error}
        </p>
      )}
    </div>
  );
}
