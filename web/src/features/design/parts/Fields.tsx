import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Choice } from "@/components/ui/Choice";
import { CopyField } from "@/components/ui/CopyField";
import { CheckField, SelectField, TextArea, TextField } from "@/components/ui/Field";
import { PasswordField } from "@/components/ui/PasswordField";

import { Part, Shown } from "./Part";

type Speed = "slow" | "normal" | "fast";

export function Fields() {
  const { t } = useTranslation("design");
  const [speed, setSpeed] = useState<Speed>("normal");
  return (
    <Part title={t("fields")} lead={t("fieldsLead")}>
      <div className="grid gap-6 rounded-panel border border-line bg-panel p-5 md:grid-cols-2 xl:grid-cols-3">
        <Shown name="TextField">
          <TextField label={t("fieldLabel")} hint={t("fieldHint")} />
        </Shown>
        <Shown name="TextField error">
          <TextField label={t("fieldLabel")} error={t("fieldError")} defaultValue="A" />
        </Shown>
        <Shown name="TextField disabled">
          <TextField label={t("fieldLabel")} disabled defaultValue="Ann" />
        </Shown>
        <Shown name="PasswordField">
          <PasswordField label={t("fieldPassword")} autoComplete="off" />
        </Shown>
        <Shown name="SelectField">
          <SelectField label={t("fieldSelect")}>
            <option>Flite</option>
            <option>eSpeak NG</option>
          </SelectField>
        </Shown>
        <Shown name="Choice">
          <Choice<Speed>
            name="speed"
            label={t("fieldChoice")}
            value={speed}
            options={[
              { value: "slow", label: t("choiceSlow") },
              { value: "normal", label: t("choiceNormal") },
              { value: "fast", label: t("choiceFast") },
            ]}
            onChoose={setSpeed}
          />
        </Shown>
        <Shown name="TextArea">
          <TextArea label={t("fieldArea")} defaultValue={t("pangram")} />
        </Shown>
        <Shown name="CheckField">
          <CheckField label={t("fieldCheck")} hint={t("fieldCheckHint")} defaultChecked />
        </Shown>
        <Shown name="CopyField">
          <CopyField label={t("copyLabel")} value="soundstage serve" />
        </Shown>
      </div>
    </Part>
  );
}
