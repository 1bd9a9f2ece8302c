import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { problems } from '../../contracts/problems.ts';
import { permissions } from '../../domain/identity/permissions.ts';
import { words } from '../words/words.ts';
import { SchemaTable } from './SchemaTable.tsx';
import { boundsWords, typeWords } from './openapi.ts';

import type { Listed, Parameter, Schema } from './openapi.ts';
import type { Locale } from '../../browser/i18n/locale.ts';

const isProblem = (code: string): code is keyof typeof problems => code in problems;
const isPermission = (name: string): name is keyof typeof permissions => name in permissions;

const firstMedia = (content: Readonly<Record<string, { readonly schema?: Schema }>> | undefined) =>
  Object.entries(content ?? {})[0];

/** Who may call, in words. */
function useAccessWords(): (access: string, locale: Locale) => string {
  const t = useWords(words);
  return (access, locale) => {
    if (isPermission(access)) return t.docs.needs(permissions[access][locale]);
    return t.docs.access[access] ?? access;
  };
}

export function OperationSection({ listed }: { readonly listed: Listed }) {
  const t = useWords(words);
  const locale = useLocale();
  const accessWords = useAccessWords();
  const { id, method, path, operation } = listed;
  const summary = locale === 'zh' ? operation['x-summary-zh'] : operation.summary;
  const access = operation['x-access'] ?? 'public';
  const body = firstMedia(operation.requestBody?.content);
  const answer = firstMedia(operation.responses?.['200']?.content);
  const refusals = Object.entries(operation.responses ?? {}).filter(([status]) => status !== '200');
  return (
    <details className="operation" id={id} data-testid="operation">
      <summary>
        <span className={`method method-${method.toLowerCase()}`}>{method}</span>
        <code className="operation-path">{path}</code>
        <span className="operation-summary">{summary}</span>
        <span className="operation-access">{accessWords(access, locale)}</span>
      </summary>
      <div className="operation-body">
        {(operation.parameters ?? []).length > 0 && <Parameters parameters={operation.parameters ?? []} />}
        {body !== undefined && <Message title={t.docs.body} type={body[0]} schema={body[1].schema} />}
        {answer !== undefined && <Message title={t.docs.answer} type={answer[0]} schema={answer[1].schema} />}
        <h4>{t.docs.problems}</h4>
        <table className="table table-small docs-problems">
          <tbody>
            {refusals.flatMap(([status, response]) =>
              (response['x-problems'] ?? []).map(code => (
                <tr key={code}>
                  <td className="jw-numbers">{status}</td>
                  <td>
                    <code>{code}</code>
                  </td>
                  <td>{isProblem(code) ? problems[code][locale] : ''}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  const t = useWords(words);
  return (
    <>
      <h4>{t.docs.parameters}</h4>
      <table className="table table-small">
        <tbody>
          {parameters.map(parameter => (
            <tr key={`${parameter.in} ${parameter.name}`}>
              <td>
                <code>{parameter.name}</code>
              </td>
              <td>{t.docs.places[parameter.in] ?? parameter.in}</td>
              <td>
                <code className="docs-type">{typeWords(parameter.schema ?? {})}</code>
              </td>
              <td>
                {parameter.required === true ? t.docs.required : t.docs.optional}{' '}
                <small>{boundsWords(parameter.schema ?? {})}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Message(props: { readonly title: string; readonly type: string; readonly schema: Schema | undefined }) {
  return (
    <>
      <h4>
        {props.title} <small className="docs-media">{props.type}</small>
      </h4>
      {props.schema !== undefined && <SchemaTable schema={props.schema} depth={0} />}
    </>
  );
}
