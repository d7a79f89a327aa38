import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';

const WORKFLOWS = join(import.meta.dirname, '../../workflows');
/** What follows from its key alone, and is the same for every ticket. */
const REMEMBERS = ['domain/open-times.ts', 'domain/shifts.ts', 'domain/zone.ts'];

/** What a module holds that can change: variables, and collections that can be added to. */
function changing(text: string): string[] {
  const { statements } = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest);
  return statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => {
    const isConst = (declarationList.flags & ts.NodeFlags.Const) !== 0;
    return declarationList.declarations.flatMap(({ name, type, initializer }) => {
      const isReadonly = type !== undefined && /^(Readonly|readonly)/.test(text.slice(type.pos, type.end).trim());
      const isCollection = initializer !== undefined && ts.isNewExpression(initializer) && /Map|Set/.test(text.slice(initializer.expression.pos, initializer.expression.end)) && (initializer.arguments ?? []).length === 0;
      return !isConst || (isCollection && !isReadonly) ? [text.slice(name.pos, name.end).trim()] : [];
    });
  });
}

it('keeps nothing of one ticket where all tickets of a worker share it: no module of the workflows holds what can change (decision 090)', async () => {
  const files = (await readdir(WORKFLOWS, { recursive: true })).filter((file) => file.endsWith('.ts')).sort();
  const found = await Promise.all(files.map(async (file) => changing(await readFile(join(WORKFLOWS, file), 'utf8')).map((name) => `${file}: ${name}`)));
  expect(files.length).toBeGreaterThan(100);
  expect(found.flat().filter((one) => !REMEMBERS.some((file) => one.startsWith(file)))).toEqual([]);
});
