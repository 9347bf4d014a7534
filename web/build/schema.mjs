// Writes src/generated/schema.ts from the API's own description; with --check it only says whether that is fresh.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";

const TARGET = new URL("../src/generated/schema.ts", import.meta.url);
const HEADER = "// Made from the API's description by `npm run schema`.\n";
const TOOL = new URL("../../tools/describe_api.py", import.meta.url).pathname;
const PYTHON = process.env.SOUNDSTAGE_PYTHON ?? new URL("../../.venv/bin/python", import.meta.url).pathname;

const described = execFileSync(PYTHON, [TOOL], { encoding: "utf8", maxBuffer: 2 ** 26 });
const types = HEADER + astToString(await openapiTS(JSON.parse(described), { alphabetize: true }));
if (!process.argv.includes("--check")) {
  writeFileSync(TARGET, types);
} else if (readFileSync(TARGET, "utf8") !== types) {
  console.error(
    "web/src/generated/schema.ts is stale: the API has changed. Type `make fix`, or `npm run schema` in web/.",
  );
  process.exit(1);
}
