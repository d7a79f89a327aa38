import { redirect } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';
import { formOf, textOf } from '../desk.server.ts';
import { SignedOut } from '../shell/signed-out.tsx';
import { answerSignIn, backTo } from '../sign-in.server.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { CsrfField, FormRefusal } from '../ui/form.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · Baton' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.desk) throw redirect(backTo(request.url));
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request, context);
  const result = await context.auth.signIn({ email: textOf(form, 'email').trim(), password: textOf(form, 'password') });
  return answerSignIn(result, backTo(request.url));
}

export default function SignIn() {
  const outcome = useActionData<typeof action>();
  const isBusy = useNavigation().state !== 'idle';
  const refusal = outcome && !outcome.ok ? outcome.detail : null;
  return (
    <SignedOut title="Sign in" lead="To your team’s help desk.">
      <Form method="post" className="flex flex-col gap-4">
        <CsrfField />
        <TextField label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
        {refusal && <FormRefusal>{refusal}</FormRefusal>}
        <Button type="submit" look="primary" className="h-9" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </Button>
      </Form>
    </SignedOut>
  );
}
