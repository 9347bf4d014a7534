import { type ComponentType, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { PageHead } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { useUser } from "@/lib/session";
import { useTitle } from "@/lib/scope";

import type { AssetFieldProps } from "../asset-field";
import { draftOf } from "../model/draft";
import type { Job, Order } from "../model/order";
import type { Pipeline } from "../model/schema";
import { type OrderForm, useOrderForm } from "../model/use-order-form";
import { productWords } from "../products/product-words";
import { StartPanel } from "../start/StartPanel";
import { DraftBack } from "./DraftBack";
import { StepsOf } from "./StepsOf";

interface OrderPageProps {
  pipeline: Pipeline;
  /** What the form was filled with at first. */
  source: string;
  initial: Order;
  from?: Job;
  AssetField: ComponentType<AssetFieldProps>;
}

/** The form of one pipeline, with what the job will take beside it. */
export function OrderPage({ pipeline, source, initial, from, AssetField }: OrderPageProps) {
  const { t } = useTranslation("create");
  const { id } = useUser();
  const draft = useMemo(() => draftOf(id, pipeline.kind, source), [id, pipeline.kind, source]);
  const [kept] = useState(() => draft.read());
  const form = useOrderForm(pipeline, kept?.order ?? initial, draft);
  const { title, text } = productWords(t, pipeline);
  useTitle(title);
  return (
    <>
      <PageHead
        above={
          <Link to={paths.create} className="strip mb-1 inline-block py-1 hover:text-ink">
            {t("changeProduct")}
          </Link>
        }
        title={title}
        lead={text}
      />
      {from !== undefined && (
        <p className="mb-4 text-small text-ink-soft break-words">
          <bdi>{t("againOf", { name: from.description || from.id })}</bdi>
        </p>
      )}
      {kept !== null && <DraftBack savedAt={kept.savedAt} form={form} initial={initial} />}
      <FormBody form={form} AssetField={AssetField} />
    </>
  );
}

function FormBody({ form, AssetField }: { form: OrderForm; AssetField: ComponentType<AssetFieldProps> }) {
  const body = useFirstWrongField(form);
  return (
    <form
      ref={body}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.start();
      }}
      className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem] xl:grid-cols-[minmax(0,1fr)_22rem]"
    >
      <div className="grid min-w-0 gap-5">
        <StepsOf form={form} AssetField={AssetField} />
      </div>
      <StartPanel form={form} />
    </form>
  );
}

const CONTROLS = "input:not([type=file]), textarea, select, button";

/** Each time that an order is refused, the first wrong field gets the focus. */
function useFirstWrongField({ refusals, errors }: OrderForm) {
  const body = useRef<HTMLFormElement>(null);
  const shown = useRef(0);
  useEffect(() => {
    if (refusals === shown.current || body.current === null) return;
    shown.current = refusals;
    const wrong = Object.keys(errors);
    const isWrong = ({ dataset: { field = "" } }: HTMLElement) =>
      wrong.some((path) => path === field || path.startsWith(`${field}.`));
    const fields = [...body.current.querySelectorAll<HTMLElement>("[data-field]")].filter(isWrong);
    // An object and a field in it are both named: the field is meant.
    const innermost = fields.find((field) => !fields.some((other) => other !== field && field.contains(other)));
    const control = innermost?.querySelector<HTMLElement>(CONTROLS);
    control?.focus();
    control?.scrollIntoView({ block: "center" });
  }, [refusals, errors]);
  return body;
}
