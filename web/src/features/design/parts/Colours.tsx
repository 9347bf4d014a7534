import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";
import tokens from "@/styles/tokens.css?raw";

import { type ColourToken, type Oklch, readColours } from "../model/colour";
import { isEnough, leastContrast, purposeOf } from "../model/pairs";
import { Part } from "./Part";

const COLOURS = readColours(tokens);

export function Colours() {
  const { t } = useTranslation("design");
  return (
    <Part title={t("colours")} lead={t("coloursLead")}>
      <ul className="grid overflow-hidden rounded-panel border border-line bg-panel sm:grid-cols-2 xl:grid-cols-3">
        {COLOURS.map((colour) => (
          <Swatch key={colour.name} colour={colour} />
        ))}
      </ul>
    </Part>
  );
}

function Swatch({ colour }: { colour: ColourToken }) {
  const { t } = useTranslation("design");
  const least = leastContrast(colour, COLOURS);
  return (
    <li className="-mr-px -mb-px grid grid-cols-[auto_minmax(0,1fr)] gap-4 border-r border-b border-line p-4">
      <div aria-hidden className="grid h-12 w-20 grid-cols-2 overflow-hidden rounded-small border border-line-strong">
        <span style={{ background: css(colour.light) }} />
        <span style={{ background: css(colour.dark) }} />
      </div>
      <div className="min-w-0">
        <code className="font-mono text-small">{colour.name}</code>
        {least !== null && (
          <dl className="mt-1 grid gap-0.5">
            <Measured name={t("light")} ratio={least.light} colour={colour} />
            <Measured name={t("dark")} ratio={least.dark} colour={colour} />
          </dl>
        )}
      </div>
    </li>
  );
}

function Measured({ name, ratio, colour }: { name: string; ratio: number; colour: ColourToken }) {
  const { t } = useTranslation("design");
  const isFine = isEnough(purposeOf(colour.name), ratio);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <dt className="strip w-12">{name}</dt>
      <dd className="figures">{ratio.toFixed(1)} : 1</dd>
      <dd>
        <Lamp tone={isFine ? "done" : "failed"}>{isFine ? t("enough") : t("tooLittle")}</Lamp>
      </dd>
    </div>
  );
}

function css({ lightness, chroma, hue }: Oklch): string {
  return `oklch(${lightness} ${chroma} ${hue})`;
}
