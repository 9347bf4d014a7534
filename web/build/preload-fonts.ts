import type { Plugin } from "vite";

/** Of each family the file with the letters of English, Indonesian and Portuguese. */
const EVERY_TEXT = /-latin-wght-normal-[^/]*\.woff2$/;

/** Has the browser ask for the fonts of every text at once, rather than when it has read the styles. */
export function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => EVERY_TEXT.test(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", href: `/${name}`, as: "font", type: "font/woff2", crossorigin: "" },
            injectTo: "head",
          })),
    },
  };
}
