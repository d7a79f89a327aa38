import { Outlet } from '@remix-run/react';
import { Problem } from '../shell/problem.tsx';

/** Every page inside the shell: when one breaks, the rail stays. */
export default function Page() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <Problem />;
}
