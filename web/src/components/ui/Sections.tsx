import { useLayoutEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";

import { classes } from "@/lib/classes";

/** The sections of a page that has several: links, so that each has an address. */
export function Sections({ label, items }: { label: string; items: readonly { to: string; text: string }[] }) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useLayoutEffect(() => {
    if (nav.current !== null) showCurrent(nav.current);
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className="relative mb-6 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {items.map((item) => (
          <li key={item.to}>
            <NavLink
              to={item.to}
              className={({ isActive }) =>
                classes(
                  "block border-b-2 px-3 py-2.5 text-small font-medium whitespace-nowrap -outline-offset-2",
                  isActive ? "border-signal-strong text-ink" : "border-transparent text-ink-soft hover:text-ink",
                )
              }
            >
              {item.text}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where there is no place for all, the one that is open stands in the middle. */
function showCurrent(nav: HTMLElement): void {
  const current = nav.querySelector<HTMLElement>("[aria-current=page]");
  if (current !== null) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}
