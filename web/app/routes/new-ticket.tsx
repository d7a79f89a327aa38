import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import type { TicketView } from '#workflows/contract/views.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { deskOf, problem, valueOf } from '../desk.server.ts';
import { knownNeeds } from '../inbox/known-needs.server.ts';
import { NeedsFields } from '../inbox/needs-fields.tsx';
import { NewTicketEnd } from '../inbox/new-ticket-end.tsx';
import { ReaderField } from '../inbox/reader-field.tsx';
import { priorityLabel } from '../inbox/signs.tsx';
import { useFirstMessage } from '../inbox/use-first-message.ts';
import { useKeptForm } from '../inbox/use-kept-form.ts';
import { PageHead } from '../shell/page-head.tsx';
import { useShell } from '../shell/shell-data.ts';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { HiddenFields, useForm } from '../ui/form.tsx';

export const meta: MetaFunction = () => [{ title: 'New ticket · Baton' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  if (desk.me.role === 'viewer') {
    throw problem({ ok: false, code: 'forbidden', detail: 'Viewers can only read. Ask an admin to change your role.' });
  }
  const [needs, { effective }] = await Promise.all([knownNeeds(desk, request), valueOf(desk.policy('team'), request)]);
  return { needs, translates: effective['translation'] === true };
}

const KEPT = ['email', 'name', 'subject', 'author', 'text', 'priority', 'assignee', 'tags', 'group'];

export default function NewTicket() {
  const { needs, translates } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const { me, operators } = useShell();
  const { form, key, isBusy, refusal, errorOf, errorIn } = useForm<TicketView>({
    path: '/do/tickets',
    mayGo: () => first.mayGo(),
    onDone: ({ number }) => {
      kept.forget();
      return navigate(`/all/${number}`);
    },
  });
  // Before what reads the form as it is.
  const kept = useKeptForm(form.ref, { key: `baton.new-ticket.${me.operatorId}`, names: KEPT });
  const first = useFirstMessage(form.ref, { translates });
  // What is sent is then the translation, which has no field of this form.
  const isTranslated = first.translation.preview !== null;
  const wrong = isTranslated ? (errorOf('text') ?? errorOf('subject')) : undefined;
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="New ticket" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <form
          {...form}
          onInput={() => {
            first.read();
            kept.keep();
          }}
          className="mx-auto flex max-w-xl flex-col gap-4 p-4 md:py-8"
        >
          <HiddenFields intent="new" formKey={key} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Requester’s e-mail" name="email" type="email" required autoFocus error={errorOf('requester.email')} />
            <TextField label="Their name" name="name" error={errorOf('requester.name')} hint="If you know it." />
          </div>
          <TextField label="Subject" name="subject" required maxLength={300} error={errorOf(isTranslated ? 'translation.sourceSubject' : 'subject')} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 text-sm font-medium">The text is</legend>
            <label className="flex items-center gap-2">
              <input type="radio" name="author" value="customer" defaultChecked className="accent-accent" />
              what they told us; nothing is sent
            </label>
            <label className="flex items-center gap-2">
              <input type="radio" name="author" value="operator" disabled={!first.isReady} className="accent-accent" />
              our first message; it is sent to them
            </label>
          </fieldset>
          {first.isOurs && <ReaderField reader={first.reader} spoken={needs.languages} isTranslated={translates && me.hasModel} error={errorOf('requester.language') ?? errorOf('translation.language')} />}
          <TextArea label="Text" name="text" required rows={8} error={errorOf(isTranslated ? 'translation.sourceText' : 'text')} />
          <div className="grid gap-4 sm:grid-cols-3">
            <SelectField label="Priority" name="priority" defaultValue="normal" error={errorOf('priority')}>
              {PRIORITIES.map((priority) => (
                <option key={priority} value={priority}>
                  {priorityLabel(priority)}
                </option>
              ))}
            </SelectField>
            <SelectField label="Assignee" name="assignee" defaultValue="" error={errorOf('assignee')}>
              <option value="">Nobody</option>
              <option value={me.operatorId}>Me</option>
              {operators
                .filter(({ id, role, isDisabled }) => id !== me.operatorId && role !== 'viewer' && !isDisabled)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </SelectField>
            <TextField label="Tags" name="tags" placeholder="billing, vip" error={errorIn('tags')} />
          </div>
          <NeedsFields known={needs} errorIn={errorIn} />
          <NewTicketEnd
            first={first}
            isBusy={isBusy}
            refusal={wrong === undefined ? refusal : `What they will read ${wrong}.`}
            onCancel={() => {
              kept.forget();
              navigate(-1);
            }}
          />
        </form>
      </div>
    </main>
  );
}
