import { useWords } from '../../browser/i18n/use-words.ts';
import { words } from '../words/words.ts';
import { boundsWords, objectsIn, typeWords } from './openapi.ts';

import type { Schema } from './openapi.ts';

/** Deeper than this nobody reads a table; the raw document has it all. */
const deepest = 4;

/** A schema as tables: one per object, those inside folded. */
export function SchemaTable({ schema, depth }: { readonly schema: Schema; readonly depth: number }) {
  const objects = objectsIn(schema);
  if (objects.length === 0) return <p className="docs-plain">{typeWords(schema)}</p>;
  return objects.map((object, index) => <ObjectTable key={index} object={object} depth={depth} />);
}

/** Choices are told apart by their one fixed property: `action = "accept"`. */
function variantOf(object: Schema): string | null {
  const fixed = Object.entries(object.properties ?? {}).find(([, property]) => property.const !== undefined);
  return fixed === undefined ? null : `${fixed[0]} = ${JSON.stringify(fixed[1].const)}`;
}

function ObjectTable({ object, depth }: { readonly object: Schema; readonly depth: number }) {
  const required = new Set(object.required ?? []);
  const variant = variantOf(object);
  return (
    <table className="table table-small docs-object">
      {variant !== null && (
        <caption>
          <code>{variant}</code>
        </caption>
      )}
      <tbody>
        {Object.entries(object.properties ?? {}).map(([name, property]) => (
          <PropertyRow key={name} name={name} property={property} required={required.has(name)} depth={depth} />
        ))}
      </tbody>
    </table>
  );
}

interface PropertyRowProps {
  readonly name: string;
  readonly property: Schema;
  readonly required: boolean;
  readonly depth: number;
}

function PropertyRow({ name, property, required, depth }: PropertyRowProps) {
  const t = useWords(words);
  const inner = objectsIn(property);
  return (
    <tr>
      <td>
        <code>{name}</code>
      </td>
      <td>
        <code className="docs-type">{typeWords(property)}</code> <small>{boundsWords(property)}</small>
        {inner.length > 0 && depth < deepest && (
          <details>
            <summary>{t.docs.fields}</summary>
            <SchemaTable schema={property} depth={depth + 1} />
          </details>
        )}
      </td>
      <td>{required ? t.docs.required : t.docs.optional}</td>
    </tr>
  );
}
