import { data } from '@remix-run/node';
import { Problem } from '../shell/problem.tsx';

export function loader(): never {
  throw data({ detail: null }, { status: 404 });
}

export default function NotFound() {
  return null;
}

export function ErrorBoundary() {
  return <Problem isWholePage />;
}
