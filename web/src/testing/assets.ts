import type { components } from "@/generated/schema";

type Asset = components["schemas"]["AssetOut"];

export function makeAsset(change: Partial<Asset> = {}): Asset {
  return {
    id: "asset_06fk3000000000000000000001",
    kind: "portrait",
    name: "Ann.jpg",
    state: "ready",
    size_bytes: 64_900,
    media_type: "image/jpeg",
    sha256: "a".repeat(64),
    tags: [],
    facts: { width: 600, height: 600 },
    error: null,
    previews: [],
    created_at: "2026-05-01T10:00:00Z",
    updated_at: "2026-05-01T10:00:00Z",
    ...change,
  };
}
