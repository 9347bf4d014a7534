import { readdirSync } from "node:fs";

import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const FEATURES = readdirSync("src/features");

/** Rooms that files of a folder may not reach into. Between rooms imports are written from `@/`. */
function border(files, forbidden, message) {
  return {
    files,
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: forbidden, message }, CLIMBING] }],
    },
  };
}

const CLIMBING = { regex: "^(\\.\\./){3,}", message: "Write imports from another room as @/…" };

export default ts.config(
  { ignores: ["dist", "node_modules", "src/generated"] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  hooks.configs.flat.recommended,
  a11y.flatConfigs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "jsx-a11y/no-autofocus": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name=/^(EventSource|AudioContext|WebSocket)$/]",
          message: "Only in lib/ and audio/.",
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Names and texts come from people: show them as text.",
        },
      ],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  border(["src/{lib,config,components,audio,styles}/**"], "^@/(features|app)/", "This room is below features and app."),
  border(
    ["src/{lib,config,audio}/**"],
    "^(@/(features|app|components)/|react-router)",
    "This room is below components.",
  ),
  border(
    ["src/audio/**"],
    "^(react|react-dom|@/(features|app|components|lib)/)",
    "audio/ knows neither React nor the product.",
  ),
  ...FEATURES.map((name) =>
    border(
      [`src/features/${name}/**`],
      `^@/(app/|features/(?!${name}/))`,
      "Features do not import each other: app/ composes them.",
    ),
  ),
  {
    files: ["src/audio/**", "src/lib/**"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["eslint.config.js", "build/*.mjs"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
