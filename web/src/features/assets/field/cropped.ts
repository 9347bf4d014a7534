import type { Area } from "react-easy-crop";

/** More pixels than this no engine of a talking head looks at. */
const LONGEST_SIDE = 2048;
const QUALITY = 0.93;

/** The area of a picture, in its pixels, as a picture of its own. Raises where the browser cannot read it. */
export async function cropped(picture: File, area: Area): Promise<File> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(area.width, area.height));
  const [width, height] = [Math.round(area.width * scale), Math.round(area.height * scale)];
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("This browser cannot draw.");
  const bitmap = await createImageBitmap(picture);
  brush.drawImage(bitmap, area.x, area.y, area.width, area.height, 0, 0, width, height);
  bitmap.close();
  return new File([await bytesOf(canvas, picture.type)], picture.name, { type: picture.type });
}

function bytesOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (bytes) => (bytes === null ? reject(new Error("The picture is empty.")) : resolve(bytes)),
      type,
      QUALITY,
    ),
  );
}
