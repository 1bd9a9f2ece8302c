/**
 * A case's number: town 9 + day 8 + serial 5 digits, counted per town and day (handbook §1.4), so that towns can live on
 * different machines. Written without spaces in storage, in three groups for people.
 */
export interface CaseNumberParts {
  /** First nine digits of the town's code: county 6 + town 3. */
  readonly townCode: string;
  /** Local date YYYY-MM-DD. */
  readonly day: string;
  readonly serial: number;
}

export const caseNumberPattern = /^\d{22}$/;

export function caseNumber({ townCode, day, serial }: CaseNumberParts): string {
  return `${townCode}${day.replaceAll('-', '')}${String(serial).padStart(5, '0')}`;
}

/** `410105001 20131005 00012`: how a number is shown and read out. */
export const groupCaseNumber = (number: string): string =>
  `${number.slice(0, 9)} ${number.slice(9, 17)} ${number.slice(17)}`;

/** What a person typed (spaces, dashes, full-width digits) → the stored form, or null when it cannot be a number. */
export function parseCaseNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/gu, '');
  return caseNumberPattern.test(digits) ? digits : null;
}

export const townCodeOf = (number: string): string => number.slice(0, 9);
