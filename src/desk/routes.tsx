import {
  Outlet,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';

import { AppShell } from './shell/AppShell.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { LoadFailurePage, PagePending } from './shell/PageStates.tsx';
import { sessionQuery, workplaceOf } from './identity/session.ts';
import { paths, phoneApp } from './paths.ts';
import { parseSearch, readDeskSearch, readInboxSearch, stringifySearch } from './search-params.ts';

import type { QueryClient } from '@tanstack/react-query';
import type { SearchParams } from './search-params.ts';

interface RouterContext {
  readonly queries: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: LoadFailurePage,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.login,
  validateSearch: (search: SearchParams): { back?: string; ended?: string } => ({
    ...(search['back'] === undefined ? {} : { back: search['back'] }),
    ...(search['ended'] === undefined ? {} : { ended: search['ended'] }),
  }),
  component: lazyRouteComponent(() => import('./identity/LoginPage.tsx'), 'LoginPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.setup,
  validateSearch: (search: SearchParams): { token?: string } =>
    search['token'] === undefined ? {} : { token: search['token'] },
  component: lazyRouteComponent(() => import('./identity/SetupPage.tsx'), 'SetupPage'),
});

const apiDocsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.apiDocs,
  component: lazyRouteComponent(() => import('./api-docs/ApiDocsPage.tsx'), 'ApiDocsPage'),
});

/** Everything below needs somebody signed in; whoever is not goes to the login page and comes back. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.query({ ...sessionQuery, staleTime: 'static' });
    return { me: me ?? gone(redirect({ to: paths.login, search: { back: location.href }, throw: true })) };
  },
  component: AppShell,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: paths.home,
  beforeLoad: ({ context }) => leaveFor(workplaceOf(context.me)),
});

/** One address for a case, whoever opens it: the unit's people land in their inbox, the centre's on the desk. */
const caseRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: paths.case,
  beforeLoad: ({ context, params }) => {
    const place = workplaceOf(context.me);
    if (place === phoneApp) leaveFor(place);
    const to = place === paths.inbox ? paths.inbox : paths.desk;
    gone(redirect({ to, search: { case: params.caseId }, throw: true }));
  },
});

/** The phone app is another program: the browser loads its page. */
function leaveFor(place: string): never {
  gone(redirect({ href: place, replace: true, reloadDocument: place === phoneApp, throw: true }));
}

/** `redirect` with `throw: true` throws; its type does not say so. */
function gone(_redirect: unknown): never {
  throw new Error('a redirect did not leave');
}

const deskRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: paths.desk,
  validateSearch: readDeskSearch,
  component: lazyRouteComponent(() => import('./cases/DeskPage.tsx'), 'DeskPage'),
});

const inboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: paths.inbox,
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./cases/InboxPage.tsx'), 'InboxPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: paths.accounts,
  component: lazyRouteComponent(() => import('./identity/AccountsListPage.tsx'), 'AccountsListPage'),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  apiDocsRoute,
  signedInRoute.addChildren([homeRoute, caseRoute, deskRoute, inboxRoute, accountsRoute]),
]);

export function createDeskRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    defaultErrorComponent: LoadFailurePage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
