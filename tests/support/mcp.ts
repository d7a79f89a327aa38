import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ApiProcess } from './api.ts';

/** What a tool answered, as a client has it. */
export interface ToolAnswer {
  readonly isError: boolean;
  /** The sentence or two in front. */
  readonly words: string;
  readonly content: Record<string, unknown>;
  /** What a client reads that passes on text alone. */
  readonly asText: unknown;
  readonly isRepeat: boolean;
}

/** A program that speaks MCP with the SDK's own client. */
export interface McpProgram {
  readonly client: Client;
  /** Calls a tool. */
  call(name: string, args?: Record<string, unknown>): Promise<ToolAnswer>;
  /** The names of the tools it is shown. */
  tools(): Promise<string[]>;
  close(): Promise<void>;
}

/** Connects a client with this key. It knows the tools, and so holds every answer against their schemas. */
export async function anMcpProgram({ url }: Pick<ApiProcess, 'url'>, key: string, headers: Readonly<Record<string, string>> = {}): Promise<McpProgram> {
  const client = new Client({ name: 'a test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}`, ...headers } } }));
  await client.listTools();
  return {
    client,
    async call(name, args = {}) {
      const result = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }));
      const [words, json] = result.content.map((part) => (part.type === 'text' ? part.text : ''));
      const asText: unknown = JSON.parse(json ?? 'null');
      return { isError: result.isError === true, words: words ?? '', content: result.structuredContent ?? {}, asText, isRepeat: result._meta?.idempotencyReplayed === true };
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  };
}

/** Connects programs to an api that is yet to start; `close` ends whatever of them is left. */
export function mcpPrograms(api: () => Pick<ApiProcess, 'url'>): { connect(key: string, to?: Pick<ApiProcess, 'url'>): Promise<McpProgram>; close(): Promise<void> } {
  const programs: McpProgram[] = [];
  return {
    async connect(key, to = api()) {
      const program = await anMcpProgram(to, key);
      programs.push(program);
      return program;
    },
    async close() {
      await Promise.all(programs.map((one) => one.close()));
    },
  };
}
