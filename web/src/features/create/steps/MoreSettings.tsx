import { ChevronRight } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { Loading } from "@/components/ui/Empty";

import { namesOf } from "../model/schema";
import type { StepsProps } from "../order/StepsOf";

const SchemaFields = lazy(async () => ({ default: (await import("../schema-form/SchemaFields")).SchemaFields }));

/** What a product can be told beside its steps, as its schema describes it: seldom needed, so folded away. */
export function MoreSettings({ form, shown, AssetField }: StepsProps & { shown: readonly string[] }) {
  const { t } = useTranslation(["create", "common"]);
  const [wasOpened, setOpened] = useState(false);
  const rest = namesOf(form.schema).filter((name) => !shown.includes(name));
  const isWrong = Object.keys(form.errors).some((path) => rest.includes(path.split(".")[0] ?? ""));
  const isSet = rest.some((name) => form.order.params[name] !== undefined && form.order.params[name] !== null);
  if (rest.length === 0) return null;
  return (
    <details
      open={wasOpened || isWrong || isSet}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
      className="group rounded-panel border border-line bg-panel"
    >
      <summary className="flex min-h-12 list-none items-center gap-2 px-4 font-semibold sm:px-5">
        <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-90" />
        {t("moreSettings")}
      </summary>
      <div className="border-t border-line p-4 sm:p-5">
        {(wasOpened || isWrong || isSet) && (
          <Suspense fallback={<Loading label={t("common:loading")} rows={1} />}>
            <SchemaFields form={form} names={rest} AssetField={AssetField} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
