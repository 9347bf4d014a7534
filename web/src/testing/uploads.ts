import { http, HttpResponse } from "msw";

import { makeAsset } from "./assets";

const PIECE = "application/offset+octet-stream";

/** What becomes of one piece: taken whole where it says nothing; refused; or broken off after some bytes. */
type Fate = { refusal: Response } | { brokenAfter: number } | undefined;

/**
 * A server that takes uploads by tus, as Soundstage does. `fateOf` is asked for each piece, with where it begins. The bytes
 * themselves are not looked at: msw does not get to see those that jsdom sends.
 */
export function makeUploadServer(fateOf: (offset: number) => Fate = () => undefined) {
  const assetId = "asset_06fk300000000000000000000u";
  const files = new Map<string, { size: number; received: number }>();
  const requests: string[] = [];

  function take(id: string, offset: number): Response | null {
    const file = files.get(id);
    if (file === undefined) return new HttpResponse(null, { status: 404 });
    const fate = fateOf(offset);
    if (fate === undefined) file.received = file.size;
    else if ("refusal" in fate) return fate.refusal;
    else {
      file.received = offset + fate.brokenAfter;
      return HttpResponse.error();
    }
    return null;
  }

  const begin = http.post("*/api/assets/tus", ({ request }) => {
    requests.push("POST");
    files.set(assetId, { size: Number(request.headers.get("Upload-Length")), received: 0 });
    const bad = request.headers.get("Content-Type") === PIECE ? take(assetId, 0) : null;
    const offset = String(files.get(assetId)?.received ?? 0);
    const headers = { Location: `/api/assets/tus/${assetId}`, "Upload-Offset": offset };
    return bad ?? new HttpResponse(null, { status: 201, headers });
  });
  const ask = http.head("*/api/assets/tus/:id", ({ params }) => {
    requests.push("HEAD");
    const file = files.get(String(params.id));
    if (file === undefined) return new HttpResponse(null, { status: 404 });
    return new HttpResponse(null, {
      headers: { "Upload-Offset": String(file.received), "Upload-Length": String(file.size) },
    });
  });
  const append = http.patch("*/api/assets/tus/:id", ({ request, params }) => {
    const offset = Number(request.headers.get("Upload-Offset"));
    requests.push(`PATCH ${offset} ${request.headers.get("Authorization") ?? ""}`);
    const bad = take(String(params.id), offset);
    const received = String(files.get(String(params.id))?.received ?? 0);
    return bad ?? new HttpResponse(null, { status: 204, headers: { "Upload-Offset": received } });
  });
  const abandon = http.delete("*/api/assets/tus/:id", ({ params }) => {
    requests.push("DELETE");
    files.delete(String(params.id));
    return new HttpResponse(null, { status: 204 });
  });
  const asset = http.get("*/api/assets/:id", ({ params }) => HttpResponse.json(makeAsset({ id: String(params.id) })));
  return { handlers: [begin, ask, append, abandon, asset], requests, files, assetId };
}

export function makeRefusal(status: number, code: string, detail: string, hint = ""): Response {
  return HttpResponse.json({ type: "", title: detail, status, code, detail, hint }, { status });
}
