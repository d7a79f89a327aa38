import { randomUUID } from 'node:crypto';
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
 * PostgreSQL 18 lists NOT NULL among the constraints, which the engine does not know, and the driver
 * does not know the one-letter type of that list: so the one is left out and the other is text.
 */
const forPostgres18 = (sql: string) =>
  sql
    .replace('constr.contype AS constraint_type', 'constr.contype::text AS constraint_type')
    .replace(/con\.(conf(?:del|upd)type),/g, 'con.$1::text AS $1,')
    .replace("contype NOT IN ('p', 'u', 'f')", "contype NOT IN ('p', 'u', 'f', 'n')");

/** Prisma's driver with a shadow database that is let go before it is dropped. */
class EngineAdapterFactory extends PrismaPg {
  readonly #databaseUrl: string;
  readonly #open = new Set<{ dispose(): Promise<void> }>();

  constructor(databaseUrl: string) {
    super({ connectionString: databaseUrl });
    this.#databaseUrl = databaseUrl;
  }

  override async connect() {
    const adapter = await super.connect();
    const ask = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) => ask({ ...query, sql: forPostgres18(query.sql) });
    const letGo = adapter.dispose.bind(adapter);
    adapter.dispose = () => (this.#open.delete(adapter) ? letGo() : Promise.resolve());
    this.#open.add(adapter);
    return adapter;
  }

  /** The engine leaves the connections of its own to themselves, and the process would live as long as they idle: 10 s. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((adapter) => adapter.dispose()));
  }

  override async connectToShadowDb() {
    const name = `baton_shadow_${randomUUID()}`;
    const real = await this.connect();
    await real.executeScript(`CREATE DATABASE "${name}"`);
    const url = new URL(this.#databaseUrl);
    url.pathname = `/${name}`;
    const shadow = await new EngineAdapterFactory(url.href).connect();
    const letGo = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await letGo();
      await real.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`);
      await real.dispose();
    };
    return shadow;
  }
}

/**
 * Prisma's schema engine over the ordinary driver: what `prisma migrate` does, without the download
 * of a binary. The caller closes it.
 */
export async function openSchemaEngine(params: {
  databaseUrl: string;
  schema: { path: string; content: string };
}): Promise<{ engine: engine.SchemaEngine; close(): Promise<void> }> {
  loaded ??= load();
  await loaded;
  const adapters = new EngineAdapterFactory(params.databaseUrl);
  const datamodels: [string, string][] = [[params.schema.path, params.schema.content]];
  const opened = await engine.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapters));
  return {
    engine: opened,
    async close() {
      opened.free();
      await adapters.close();
    },
  };
}
