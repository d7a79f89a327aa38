import { redirect } from '@remix-run/node';

export function loader(): never {
  throw redirect('/inbox');
}
