import type { ApiDocument } from './openapi.ts';

type Schema = Readonly<Record<string, unknown>>;

/** One line of a table of fields; nested fields have dotted names. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

const DEEPEST = 2;

/** The fields of a schema, two levels deep; references lead to the document's components. */
export function fieldsOf(schema: Schema, document: ApiDocument, prefix = '', depth = 0): Field[] {
  const whole = resolved(schema, document);
  const variants = listIn(whole['oneOf'] ?? whole['anyOf']).map(recordIn);
  if (variants.length > 0) return variants.flatMap((one) => fieldsOf(one, document, prefix, depth));
  if (whole['type'] === 'array') return depth > DEEPEST ? [] : fieldsOf(recordIn(whole['items']), document, `${prefix}[]`, depth);
  const required = listIn(whole['required']);
  return Object.entries(recordIn(whole['properties'])).flatMap(([name, given]) => {
    const inner = recordIn(given);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const field = { name: path, type: typeOf(inner), isRequired: required.includes(name), description: textIn(inner['description']) };
    return depth < DEEPEST && isOwn(inner) ? [field, ...fieldsOf(inner, document, path, depth + 1)] : [field];
  });
}

/** Named shapes are shown by name where they are nested; only what is written in place is unfolded. */
function isOwn(schema: Schema): boolean {
  return schema['properties'] !== undefined || (schema['type'] === 'array' && recordIn(schema['items'])['properties'] !== undefined);
}

function typeOf(schema: Schema): string {
  const reference = textIn(schema['$ref']);
  if (reference !== '') return reference.split('/').at(-1) ?? '';
  const values = listIn(schema['enum']);
  if (values.length > 0) return values.map(String).join(' | ');
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  const variants = listIn(schema['anyOf'] ?? schema['oneOf']).map(recordIn);
  if (variants.length > 0) return variants.map(typeOf).join(' | ');
  if (schema['type'] === 'array') return `${typeOf(recordIn(schema['items']))}[]`;
  return listIn([schema['type'] ?? 'any'].flat()).map(textIn).join(' | ');
}

function resolved(schema: Schema, document: ApiDocument): Schema {
  const reference = textIn(schema['$ref']).split('/').at(-1) ?? '';
  return reference === '' ? schema : recordIn(recordIn(recordIn(document.components)['schemas'])[reference]);
}

export function recordIn(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
