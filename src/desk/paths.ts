/** Every address of the desk app, in one place. Route patterns are literals, so that the router can check links against them. */
export const paths = {
  home: '/',
  login: '/login',
  setup: '/setup',
  desk: '/desk',
  inbox: '/inbox',
  case: '/case/$caseId',
  accounts: '/admin/accounts',
  apiDocs: '/api-docs',
} as const;

/** The grid workers' app; another program, so it is reached by loading a page. */
export const phoneApp = '/m/';

/** The address of one case for whoever opens it: printed as a QR code, sent in messages. */
export const caseAddress = (caseId: string): string => paths.case.replace('$caseId', encodeURIComponent(caseId));

/** Only addresses of this app may be gone back to after signing in; anything else could lead a person astray. */
export const isSafeBack = (back: string | undefined): back is string =>
  back !== undefined && /^\/(?![/\\])/.test(back) && !back.startsWith(paths.login);
