import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Choice } from "@/components/ui/Choice";
import { TextField } from "@/components/ui/Field";

import { fieldOf } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";
import { numberOf, shownNumber } from "./LookStep";

const FRAMES = {
  square: [512, 512],
  tall: [576, 1024],
  wide: [1024, 576],
} as const;
type Frame = keyof typeof FRAMES | "own";

/** The size of the picture: one of the usual ones, or any. */
export function FrameField({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  const { width, height } = form.order.params;
  const [wantsOwn, setWantsOwn] = useState(false);
  const isWrong = form.errors.width !== undefined || form.errors.height !== undefined;
  const frame = wantsOwn || isWrong ? "own" : frameOf(width, height);
  function choose(next: Frame) {
    setWantsOwn(next === "own");
    if (next === "own") return;
    form.set("width", FRAMES[next][0]);
    form.set("height", FRAMES[next][1]);
  }
  return (
    <div className="grid gap-3">
      <Choice<Frame>
        name="frame"
        label={t("frame")}
        value={frame}
        options={[
          { value: "square", label: <Named name={t("frameSquare")} frame="square" /> },
          { value: "tall", label: <Named name={t("frameTall")} frame="tall" /> },
          { value: "wide", label: <Named name={t("frameWide")} frame="wide" /> },
          { value: "own", label: t("frameOwn") },
        ]}
        onChoose={choose}
      />
      {frame === "own" && (
        <div className="grid max-w-md grid-cols-2 gap-3">
          <SideField form={form} name="width" label={t("width")} />
          <SideField form={form} name="height" label={t("height")} />
        </div>
      )}
    </div>
  );
}

function Named({ name, frame }: { name: string; frame: keyof typeof FRAMES }) {
  const [width, height] = FRAMES[frame];
  return (
    <>
      {name} <span className="figures text-ink-faint">{`${width}×${height}`}</span>
    </>
  );
}

function SideField({ form, name, label }: { form: OrderForm; name: "width" | "height"; label: string }) {
  const { minimum, maximum, multipleOf } = fieldOf(form.schema, name);
  return (
    <div data-field={name}>
      <TextField
        type="number"
        label={label}
        hint={`${minimum ?? ""}–${maximum ?? ""}`}
        error={form.errors[name]}
        value={shownNumber(form.order.params[name])}
        min={minimum}
        max={maximum}
        step={multipleOf}
        onChange={(event) => form.set(name, numberOf(event.target.value))}
      />
    </div>
  );
}

function frameOf(width: unknown, height: unknown): Frame {
  const known = (Object.keys(FRAMES) as (keyof typeof FRAMES)[]).find(
    (frame) => FRAMES[frame][0] === width && FRAMES[frame][1] === height,
  );
  return known ?? "own";
}
