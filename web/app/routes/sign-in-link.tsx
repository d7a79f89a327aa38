import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useNavigation, useSearchParams } from '@remix-run/react';
import { formOf, textOf } from '../desk.server.ts';
import { SignedOut } from '../shell/signed-out.tsx';
import { answerSignIn } from '../sign-in.server.ts';
import { Button } from '../ui/button.tsx';
import { CsrfField, FormRefusal } from '../ui/form.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · Baton' }];

// The link is used up by a press of the button only: a mail scanner that opens it burns nothing.
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request, context);
  return answerSignIn(await context.auth.signInByLink(textOf(form, 'token')), '/');
}

export default function SignInByLink() {
  const [search] = useSearchParams();
  const outcome = useActionData<typeof action>();
  const isBusy = useNavigation().state !== 'idle';
  return (
    <SignedOut title="Welcome to Baton" lead="This link signs you in once, in this browser.">
      <Form method="post" className="flex flex-col gap-4">
        <CsrfField />
        <input type="hidden" name="token" value={search.get('token') ?? ''} />
        {outcome && !outcome.ok && <FormRefusal>{outcome.detail}</FormRefusal>}
        <Button type="submit" look="primary" className="h-9" disabled={isBusy} autoFocus>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </Button>
      </Form>
    </SignedOut>
  );
}
