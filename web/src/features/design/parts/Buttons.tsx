import { Ellipsis, Play } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { Menu } from "@/components/ui/Menu";

import { Part, Shown } from "./Part";

const LOOKS = ["primary", "plain", "quiet", "danger"] as const;

export function Buttons() {
  const { t } = useTranslation("design");
  const nothing = () => undefined;
  return (
    <Part title={t("buttons")} lead={t("buttonsLead")}>
      <div className="grid gap-5 rounded-panel border border-line bg-panel p-5">
        {LOOKS.map((look) => (
          <Shown key={look} name={`look="${look}"`}>
            <div className="flex flex-wrap items-center gap-3">
              <Button look={look}>{t(look)}</Button>
              <Button look={look} icon={<Play aria-hidden className="size-4" />}>
                {t("withIcon")}
              </Button>
              <Button look={look} isBusy>
                {t("busy")}
              </Button>
              <Button look={look} disabled>
                {t("disabled")}
              </Button>
              <Button look={look} size="small">
                {t("small")}
              </Button>
            </div>
          </Shown>
        ))}
        <Shown name="IconButton, Menu">
          <div className="flex items-center gap-3">
            <IconButton label={t("iconButton")}>
              <Play aria-hidden className="size-4" />
            </IconButton>
            <Menu
              trigger={<Button icon={<Ellipsis aria-hidden className="size-4" />}>{t("menu")}</Button>}
              items={[
                { key: "first", label: t("menuFirst"), act: nothing },
                { key: "second", label: t("menuSecond"), isDisabled: true, act: nothing },
                { key: "third", label: t("menuThird"), isDangerous: true, act: nothing },
              ]}
            />
          </div>
        </Shown>
      </div>
    </Part>
  );
}
