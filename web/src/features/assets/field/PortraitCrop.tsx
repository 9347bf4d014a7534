import "react-easy-crop/react-easy-crop.css";

import { useEffect, useId, useState } from "react";
import Cropper, { type Area } from "react-easy-crop";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Choice } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";

import { ObjectAddress } from "../components/object-address";
import { cropped } from "./cropped";

const SHAPES = { square: 1, upright: 3 / 4 } as const;
type Shape = keyof typeof SHAPES;
const LARGEST_ZOOM = 4;

/** Cuts a portrait out of a picture, square at first; or takes the picture as it is. */
export function PortraitCrop({
  picture,
  onClose,
  onDone,
}: {
  picture: File;
  onClose: () => void;
  onDone: (file: File, isFromDisk: boolean) => void;
}) {
  const { t } = useTranslation("assets");
  const [shape, setShape] = useState<Shape>("square");
  const [area, setArea] = useState<Area | null>(null);
  const [isCutting, setCutting] = useState(false);
  const [isUnreadable, setUnreadable] = useState(false);

  async function cut() {
    if (area === null) return;
    setCutting(true);
    try {
      onDone(await cropped(picture, area), false);
    } catch {
      setUnreadable(true);
    }
    setCutting(false);
  }
  return (
    <Dialog
      isOpen
      title={t("cropTitle")}
      lead={t("cropLead")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => onDone(picture, true)}>{t("cropWhole")}</Button>
          <Button look="primary" isBusy={isCutting} disabled={area === null || isUnreadable} onClick={() => void cut()}>
            {t("cropUse")}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {isUnreadable && <p role="alert">{t("cropUnreadable")}</p>}
        <CropBox picture={picture} aspect={SHAPES[shape]} onArea={setArea} onUnreadable={() => setUnreadable(true)} />
        <Choice
          name="shape"
          label={t("cropShape")}
          value={shape}
          options={[
            { value: "square", label: t("cropSquare") },
            { value: "upright", label: t("cropUpright") },
          ]}
          onChoose={setShape}
        />
      </div>
    </Dialog>
  );
}

function CropBox({
  picture,
  aspect,
  onArea,
  onUnreadable,
}: {
  picture: File;
  aspect: number;
  onArea: (area: Area) => void;
  onUnreadable: () => void;
}) {
  const { t } = useTranslation("assets");
  const id = useId();
  const [place, setPlace] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [address] = useState(() => new ObjectAddress(picture));
  useEffect(() => address.hold(), [address]);
  return (
    <>
      <div className="relative h-[min(22rem,48dvh)] overflow-hidden rounded-small bg-well">
        <Cropper
          image={address.text}
          crop={place}
          zoom={zoom}
          maxZoom={LARGEST_ZOOM}
          aspect={aspect}
          onCropChange={setPlace}
          onZoomChange={setZoom}
          onCropComplete={(_, pixels) => onArea(pixels)}
          mediaProps={{ alt: "", onError: onUnreadable }}
          cropperProps={{ "aria-label": t("cropArea") }}
          disableAutomaticStylesInjection
        />
      </div>
      <div className="grid gap-1.5">
        <label htmlFor={id} className="text-small font-medium text-ink-soft">
          {t("cropZoom")}
        </label>
        <input
          id={id}
          type="range"
          min={1}
          max={LARGEST_ZOOM}
          step={0.05}
          value={zoom}
          onChange={(event) => setZoom(event.target.valueAsNumber)}
          className="h-6 accent-signal-strong"
        />
      </div>
    </>
  );
}
