import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { notify } from "@/lib/notices";

import { fieldOf } from "../model/schema";
import { LONGEST_SHOWN_CHARACTERS } from "../model/script";
import type { OrderForm } from "../model/use-order-form";
import { LongScript } from "./LongScript";
import { OpenTextFile } from "./OpenTextFile";
import { ScriptArea } from "./ScriptArea";
import { ScriptFigures } from "./ScriptFigures";
import { Step } from "./Step";
import { WriteForMe } from "./WriteForMe";

/** The text that is spoken: typed, pasted, dropped or opened. */
export function ScriptStep({ number, form, name }: { number: number; form: OrderForm; name: string }) {
  const { t } = useTranslation(["create", "common"]);
  const value = form.order.params[name];
  const text = typeof value === "string" ? value : "";
  const limit = fieldOf(form.schema, name).maxLength ?? Number.POSITIVE_INFINITY;
  const { set } = form;
  const change = useCallback((next: string) => set(name, next), [set, name]);
  function replace(next: string, told?: string) {
    change(next);
    if (told === undefined) return;
    notify({ tone: "neutral", text: told, undo: { label: t("common:undo"), act: () => change(text) } });
  }
  const rate = Number(form.order.params.rate ?? 1);
  return (
    <Step
      number={number}
      title={t("script")}
      actions={
        <span className="flex flex-wrap gap-2">
          <OpenTextFile onText={(opened) => replace(opened, text === "" ? undefined : t("scriptReplaced"))} />
          <WriteForMe />
        </span>
      }
    >
      <div data-field={name} className="grid gap-2">
        {text.length > LONGEST_SHOWN_CHARACTERS ? (
          <LongScript text={text} limit={limit} onReplace={replace} />
        ) : (
          <ScriptArea text={text} error={form.errors[name]} onChange={change} />
        )}
        <ScriptFigures text={text} limit={limit} rate={rate} />
      </div>
    </Step>
  );
}
