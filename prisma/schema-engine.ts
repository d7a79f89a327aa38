import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);

let loaded: Promise<void> | undefined;

/** Node 20 does not import WebAssembly, so the module is put together by hand, once. */
async function load(): Promise<void> {
  const entry = require.resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  const begin = instance.exports['__wbindgen_start'];
  if (typeof begin === 'function') Reflect.apply(begin, undefined, []);
}

/**
 * Prisma's schema engine over the ordinary driver: what `prisma migrate` does, without the download
 * of a binary. The caller frees it.
 */
export async function openSchemaEngine(params: {
  databaseUrl: string;
  schema: { path: string; content: string };
}): Promise<engine.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: params.databaseUrl }));
  const datamodels: [string, string][] = [[params.schema.path, params.schema.content]];
  return engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}
