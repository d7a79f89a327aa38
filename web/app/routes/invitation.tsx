import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { formOf, textOf, valueOf } from '../desk.server.ts';
import { SignedOut } from '../shell/signed-out.tsx';
import { answerSignIn } from '../sign-in.server.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { CsrfField, FormRefusal } from '../ui/form.tsx';

export const meta: MetaFunction = () => [{ title: 'Invitation · Baton' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return valueOf(context.auth.invitation(params.token ?? ''), request);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await formOf(request, context);
  const result = await context.auth.acceptInvitation({
    token: params.token ?? '',
    name: textOf(form, 'name'),
    password: textOf(form, 'password'),
  });
  return answerSignIn(result, '/');
}

export default function Invitation() {
  const { email, name, teamName } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const isBusy = useNavigation().state !== 'idle';
  const refusal = outcome && !outcome.ok ? outcome : null;
  const errorOf = (field: string) => refusal?.errors.find(({ path }) => path.endsWith(field))?.message;
  return (
    <SignedOut title={`Join ${teamName}`} lead={`You are invited as ${email}.`}>
      <Form method="post" className="flex flex-col gap-4">
        <CsrfField />
        <TextField label="Your name" name="name" defaultValue={name} autoComplete="name" required error={errorOf('name')} />
        <TextField
          label="Choose a password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          hint="At least 10 characters."
          error={errorOf('password')}
        />
        {refusal && refusal.errors.length === 0 && <FormRefusal>{refusal.detail}</FormRefusal>}
        <Button type="submit" look="primary" className="h-9" disabled={isBusy}>
          {isBusy ? 'Joining…' : 'Join the team'}
        </Button>
      </Form>
    </SignedOut>
  );
}
