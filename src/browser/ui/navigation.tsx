import { useEffect, useRef, useSyncExternalStore } from 'react';

import type { MouseEvent, ReactNode } from 'react';

/** The phones' router: a path, a way to go, a link. Each app has three or four pages and lists them itself. */

const listeners = new Set<() => void>();
let moved = false;

const tell = () => {
  moved = true;
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) window.addEventListener('popstate', tell);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', tell);
  };
}

/** Goes to another page of the same app. `replace` leaves no way back to this one. */
export function go(path: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.scrollTo(0, 0);
  tell();
}

const address = () => location.pathname + location.search;

/** Where we are; drawn again when that changes. */
export function useAddress(): { readonly path: string; readonly query: URLSearchParams } {
  const [path = '', search = ''] = useSyncExternalStore(subscribe, address, address).split('?');
  return { path, query: new URLSearchParams(search) };
}

interface LinkProps {
  readonly href: string;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** A real link (new tab, copy address) that stays inside the app when simply clicked. */
export function Link({ href, className, current = false, children }: LinkProps) {
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} className={className} aria-current={current ? 'page' : undefined} onClick={onClick}>
      {children}
    </a>
  );
}

/** The page's heading: names the window, and takes the focus after a move so that a screen reader says where one is. */
export function PageTitle({
  title,
  children,
  className,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (moved) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
