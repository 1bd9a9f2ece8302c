import { createPortal } from 'react-dom';
import { encode } from 'uqr';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { fullMoment, limitWords } from '../../../browser/time/words.ts';
import { groupCaseNumber } from '../../../domain/cases/number.ts';
import { channels, stages, states, urgencies } from '../../../domain/cases/states.ts';
import { serverNow } from '../../../browser/time/server-clock.ts';
import { caseAddress } from '../../paths.ts';
import { words } from '../../words/words.ts';
import { hasDue } from '../queue/ClockLeft.tsx';
import { useTypeName } from '../queue/use-case-words.ts';
import { actorParts, givenTo, stepName } from './CaseRecord.tsx';
import '../../style/print.css';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { Me } from '../../../contracts/identity.ts';

/** The sheet of a case on A4, seen only by the printer: number, facts, record, a code that leads back, and who printed it. */
export function CaseSheet({ detail, me }: { readonly detail: CaseDetail; readonly me: Me }) {
  const t = useWords(words);
  const locale = useLocale();
  const typeName = useTypeName();
  const path = detail.grid.map(grid => grid.name).join(' › ');
  const facts: readonly (readonly [string, string])[] = [
    [t.case.state, [states[detail.state][locale], urgencies[detail.urgency][locale]].join(t.dot)],
    [t.case.category, typeName(detail)],
    [t.case.condition, detail.condition?.[locale] ?? t.sheet.none],
    [t.case.limit, detail.handleLimit === null ? t.sheet.none : limitWords(detail.handleLimit, locale)],
    [t.case.place, detail.address === '' ? path : `${detail.address}（${path}）`],
    [t.case.channel, [channels[detail.channel][locale], fullMoment(detail.reportedAt, locale)].join(t.dot)],
    [t.case.unit, detail.leadUnitName ?? t.sheet.none],
    [
      t.case.reporter,
      [detail.reporter.name, detail.reporter.phone].filter(part => part !== null).join(' ') || t.sheet.none,
    ],
    ...(hasDue(detail.clock)
      ? [
          [
            t.case.due,
            [stages[detail.clock.stage][locale], fullMoment(detail.clock.dueAt, locale)].join(t.dot),
          ] as const,
        ]
      : []),
  ];
  return createPortal(
    <article className="sheet" aria-hidden="true">
      <header>
        <div>
          <h1>{t.sheet.title}</h1>
          <p className="sheet-number">{groupCaseNumber(detail.number)}</p>
        </div>
        <QrCode text={`${location.origin}${caseAddress(detail.id)}`} />
      </header>
      <table>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t.sheet.words}</th>
            <td className="sheet-words">{detail.words}</td>
          </tr>
        </tbody>
      </table>
      {detail.attachments.length > 0 && (
        <div className="sheet-photos">
          {detail.attachments.slice(0, 4).map(photo => (
            <img key={photo.id} src={photo.thumbUrl} alt="" />
          ))}
        </div>
      )}
      <h2>{t.case.record(detail.steps.length)}</h2>
      <table className="sheet-steps">
        <thead>
          <tr>
            <th scope="col">{t.sheet.seq}</th>
            <th scope="col">{t.sheet.when}</th>
            <th scope="col">{t.sheet.step}</th>
            <th scope="col">{t.sheet.who}</th>
            <th scope="col">{t.sheet.note}</th>
          </tr>
        </thead>
        <tbody>
          {detail.steps.map(step => (
            <tr key={step.seq}>
              <td>{step.seq}</td>
              <td>{fullMoment(step.at, locale)}</td>
              <td>{stepName(step.action, locale, t.case.reported)}</td>
              <td>
                {actorParts(step, t.case.reporterStep).join(t.dot)}
                {givenTo(step) !== null && <div>{t.case.dispatchedTo(givenTo(step) ?? '')}</div>}
              </td>
              <td>{step.noteErased ? t.case.erased : step.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>{t.sheet.printed(me.name, me.workplace, fullMoment(serverNow(), locale))}</footer>
    </article>,
    document.body,
  );
}

/** Modules as one path: sharp at any size, and no markup from a string. */
function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 1 });
  const path = data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className="sheet-qr" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
