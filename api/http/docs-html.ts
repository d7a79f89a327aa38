import { REFUSAL_CODES } from '#workflows/domain/errors.ts';
import { HTTP_ONLY_CODES, PROBLEMS } from './errors.ts';
import { escapeHtml } from './escape-html.ts';
import { fieldsOf, listIn, recordIn, textIn } from './openapi-fields.ts';
import type { ApiDocument } from './openapi.ts';

const STYLE = `
:root{color-scheme:light dark;--soft:color-mix(in srgb,currentColor 65%,transparent);--line:color-mix(in srgb,currentColor 18%,transparent)}
body{font:15px/1.55 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1.5rem 1rem 6rem}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow-x:auto;border:1px solid var(--line);border-radius:6px;padding:.75rem}
h2{margin-top:3rem;border-bottom:1px solid var(--line)}h3{margin:2.2rem 0 .3rem;font-size:1rem}h4{margin:1rem 0 .2rem;font-size:.85rem;color:var(--soft)}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid var(--line)}
nav a{margin-right:1rem;white-space:nowrap}.soft{color:var(--soft)}.method{text-transform:uppercase;font-weight:700}
:target{outline:2px solid;outline-offset:6px;border-radius:2px}`;

const INTRO = `<p>JSON over HTTP under <code>/api/v1</code>. The same document for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<pre>curl -H "Authorization: Bearer bat_…" -H "Idempotency-Key: $(uuidgen)" \\
  -H "Content-Type: application/json" -d '{"text":"We are on it."}' \\
  \${BATON}/api/v1/tickets/12/reply</pre>
<p><b>Repeating.</b> Every POST and PATCH takes an <code>Idempotency-Key</code> (24 h): a repeated request gets the first answer and does nothing again.
After a 503, a timeout or a lost connection repeat with the same key until there is a definite answer.</p>
<p><b>Lists</b> answer <code>{ items, next }</code>; <code>next</code> goes back as <code>cursor</code>, null is the end.
<b>Limits.</b> <code>RateLimit-*</code> headers say what is left of this minute; 429 comes with <code>Retry-After</code>.
<b>Live.</b> <code>GET /events</code> is a stream of server-sent events, ids only; <code>Last-Event-ID</code> or <code>?after=</code> resumes it,
<code>event: reset</code> says that it reaches back too far: read again what you show.</p>`;

/** The whole page, with the word NONCE where a response's nonce goes. */
export function docsHtml(document: ApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({ path, method, operation: recordIn(operation) })),
  );
  const tags = [...new Set(operations.map(({ operation }) => textIn(listIn(operation['tags'])[0])))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => listIn(operation['tags'])[0] === tag);
    return `<h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${own.map((one) => operationHtml(one, document)).join('')}`;
  });
  const links = [...tags, 'Errors'].map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Baton</title><style nonce="NONCE">${STYLE}</style></head>
<body><h1>Baton’s API</h1>${INTRO}<nav aria-label="Sections">${links}</nav>${sections.join('')}${errorsHtml()}</body></html>`;
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Readonly<Record<string, unknown>>;
}

function operationHtml({ path, method, operation }: Operation, document: ApiDocument): string {
  const id = textIn(operation['operationId']);
  const parameters = listIn(operation['parameters']).map(recordIn);
  const body = contentOf(operation['requestBody']);
  const responses = Object.entries(recordIn(operation['responses']));
  const [status, success] = responses.find(([code]) => code.startsWith('2')) ?? ['', {}];
  const errors = responses.filter(([code]) => !code.startsWith('2'));
  const paragraphs = textIn(operation['description']).split('\n\n').map((text) => `<p class="soft">${inline(text)}</p>`);
  const rows = parameters.map((one) => row(textIn(one['name']), `${textIn(one['in'])}${one['required'] === true ? ', required' : ''}`, describe(recordIn(one['schema']), textIn(one['description']))));
  return `<h3 id="${escapeHtml(id)}"><span class="method">${method}</span> <code>${escapeHtml(path)}</code> <a href="#${escapeHtml(id)}" class="soft">${escapeHtml(id)}</a></h3>
<p>${inline(textIn(operation['summary']))}</p>${paragraphs.join('')}
${rows.length === 0 ? '' : `<h4>Parameters</h4><table>${rows.join('')}</table>`}
${body === null ? '' : `<h4>Body</h4>${fieldsTable(body, document)}`}
<h4>Answer ${escapeHtml(status)}</h4>${fieldsTable(contentOf(success), document)}
<h4>Errors</h4><p class="soft">${errors.map(([code, one]) => `<b>${escapeHtml(code)}</b> ${inline(textIn(recordIn(one)['description']))}`).join('. ')}</p>`;
}

function fieldsTable(schema: unknown, document: ApiDocument): string {
  const fields = schema === null ? [] : fieldsOf(recordIn(schema), document);
  if (fields.length === 0) return '<p class="soft">Nothing.</p>';
  return `<table>${fields.map(({ name, type, isRequired, description }) => row(name, `${type}${isRequired ? '' : ', optional'}`, inline(description))).join('')}</table>`;
}

function contentOf(holder: unknown): unknown {
  const content = recordIn(recordIn(holder)['content']);
  return recordIn(content['application/json'])['schema'] ?? null;
}

function describe(schema: Readonly<Record<string, unknown>>, description: string): string {
  const values = listIn(schema['enum']).map((one) => `<code>${escapeHtml(String(one))}</code>`);
  const fallback = schema['default'] === undefined ? '' : ` Default <code>${escapeHtml(JSON.stringify(schema['default']))}</code>.`;
  return `${inline(description)} ${values.join(' ')}${fallback}`;
}

function errorsHtml(): string {
  const rows = [...REFUSAL_CODES, ...HTTP_ONLY_CODES].map(
    (code) => `<tr id="error-${code}"><td><code>${code}</code></td><td>${PROBLEMS[code].status}</td><td>${escapeHtml(PROBLEMS[code].title)}</td></tr>`,
  );
  return `<h2 id="Errors">Errors</h2><p><code>application/problem+json</code> (RFC 9457). <code>errors</code> names fields, <code>legal</code> possible moves,
<code>holder</code> who has the conversation, <code>retryAfter</code> seconds to wait.</p><table>${rows.join('')}</table>`;
}

function row(name: string, kind: string, text: string): string {
  return `<tr><td><code>${escapeHtml(name)}</code></td><td class="soft">${escapeHtml(kind)}</td><td>${text}</td></tr>`;
}

/** Text with `code` in it. */
function inline(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
