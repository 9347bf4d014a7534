/** What a library needs in order to make a style element of its own: see the policy that comes with the page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
}
