import { useTranslation } from "react-i18next";

/** The name of a field, and that it may not stay empty. */
export function LabelText({ label, isRequired }: { label: string; isRequired: boolean }) {
  const { t } = useTranslation("create");
  return (
    <>
      {label} {isRequired && <span className="font-normal text-ink-faint">· {t("required")}</span>}
    </>
  );
}
