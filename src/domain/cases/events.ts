import type { ActionName } from './transitions.ts';

/** What is told after each action; the names are past tense, because it has happened. */
export const eventOf = {
  report: 'cases.reported',
  accept: 'cases.accepted',
  refuse: 'cases.refused',
  file: 'cases.filed',
  decline: 'cases.declined',
  dispatch: 'cases.dispatched',
  sign: 'cases.signed',
  return: 'cases.returned',
  feed_back: 'cases.fed_back',
  send_check: 'cases.sent_to_check',
  check_pass: 'cases.check_passed',
  check_fail: 'cases.check_failed',
  close: 'cases.closed',
  confirm: 'cases.confirmed',
  contest: 'cases.contested',
  remark: 'cases.remarked',
  reveal: 'cases.contact_revealed',
} as const satisfies Record<ActionName | 'report', string>;
