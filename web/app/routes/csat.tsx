import { data } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { CSAT_WORDS_IN } from '#workflows/contract/csat-words.ts';
import { customerLanguage } from '#workflows/contract/customer-language.ts';
import { MOST_COMMENT } from '#workflows/contract/widget-limits.ts';
import { CSAT_SCORES } from '#workflows/domain/csat.ts';
import { FACES } from '../../widget/faces.ts';
import { formOf, retryHeaders, statusOf, textOf, valueOf } from '../desk.server.ts';
import { refusalOutcome } from '../outcome.server.ts';
import { Problem } from '../shell/problem.tsx';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { CsrfField, FormRefusal } from '../ui/form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: asked }) => [{ title: CSAT_WORDS_IN[asked?.language ?? 'en'].question }, { name: 'robots', content: 'noindex' }];

/** Opening it changes nothing: programs that scan mail follow every link. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { teamName, said, language } = await valueOf(context.csat.question(params.token ?? ''), request);
  const asked = Number(new URL(request.url).searchParams.get('score'));
  return { teamName, said, language: customerLanguage(language, ...acceptedLanguages(request)), score: CSAT_SCORES.find((one) => one === asked) ?? CSAT_SCORES.find((one) => one === said?.score) ?? null };
}

/** What their browser asks for, the best first as browsers list it. */
function acceptedLanguages(request: Request): string[] {
  return (request.headers.get('accept-language') ?? '').split(',').map((one) => one.split(';')[0]?.trim() ?? '');
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await formOf(request, context);
  const score = CSAT_SCORES.find((one) => String(one) === textOf(form, 'score'));
  if (score === undefined) return data({ ok: false as const, why: 'choose' as const, detail: '' }, { status: 422 });
  const result = await context.csat.answer(params.token ?? '', { score, comment: textOf(form, 'comment').trim() });
  if (!result.ok) return data({ ok: false as const, why: 'refused' as const, detail: refusalOutcome(result).detail }, { status: statusOf(result.code), headers: retryHeaders(result) });
  return { ok: true as const, score: result.value.score };
}

export default function Csat() {
  const { teamName, said, score, language } = useLoaderData<typeof loader>();
  const words = CSAT_WORDS_IN[language];
  const outcome = useActionData<typeof action>();
  const isBusy = useNavigation().state !== 'idle';
  return (
    <main lang={language} className="flex min-h-dvh flex-col items-center justify-center gap-5 px-4 py-10">
      {teamName && <p className="text-lg font-semibold tracking-tight">{teamName}</p>}
      <div className="w-full max-w-md rounded-xl border border-line bg-surface p-6 shadow-card">
        <h1 id="how" className="text-lg font-semibold">
          {words.question}
        </h1>
        <p className="mt-1 text-ink-soft">{words.lead}</p>
        <Form method="post" className="mt-5 flex flex-col gap-5">
          <CsrfField />
          <div role="radiogroup" aria-labelledby="how" className="grid grid-cols-5 gap-1.5">
            {CSAT_SCORES.map((one) => (
              <label
                key={one}
                className="flex min-h-11 min-w-0 cursor-pointer flex-col items-center gap-1 rounded-lg border border-transparent px-0.5 py-2 text-sm text-ink-soft hover:bg-hover has-checked:border-accent has-checked:bg-hover has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input type="radio" name="score" value={one} defaultChecked={one === score} required className="sr-only" />
                <svg viewBox="0 0 24 24" className="size-8" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
                  {FACES[one].map((path) => (
                    <path key={path} d={path} />
                  ))}
                </svg>
                {words.scores[one]}
              </label>
            ))}
          </div>
          <TextArea label={words.comment} name="comment" defaultValue={said?.comment ?? ''} maxLength={MOST_COMMENT} rows={3} />
          {outcome && !outcome.ok && <FormRefusal>{outcome.why === 'choose' ? words.choose : language === 'en' ? outcome.detail : words.refused}</FormRefusal>}
          <Button type="submit" look="primary" className="h-10" disabled={isBusy}>
            {isBusy ? words.sending : said || outcome?.ok ? words.again : words.send}
          </Button>
          <p role="status" className="text-sm text-ink-soft empty:hidden">
            {outcome?.ok ? words.thanks(words.scores[outcome.score]) : said ? words.before : ''}
          </p>
        </Form>
      </div>
    </main>
  );
}

export function ErrorBoundary() {
  return <Problem isWholePage isForCustomer />;
}
