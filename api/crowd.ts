import type { AppDeps } from './app-deps.ts';
import type { Principal } from './principal.ts';

/**
 * What serves visitors' widgets and agents. They come by the hundred, and all at once where an api was started again: they wait for
 * each other's connections, and no person for theirs. What people wait for goes over `people`, whoever does it.
 */
export function crowdOf(deps: AppDeps): AppDeps {
  return { ...deps, prisma: deps.crowd };
}

/** An agent is of the crowd; people, and programs that work as they do, have the rest. */
export function servedBy(deps: AppDeps, principal: Principal): AppDeps {
  return principal.kind === 'agent' ? crowdOf(deps) : deps;
}
