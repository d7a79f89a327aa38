import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pathsOf } from './instance.mjs';

const LOOK_EVERY_MS = 5_000;
const AGAIN_AFTER_MS = 10_000;
/** Agents that begin together have their heartbeats together ever after, and each keeps a connection of the api's to PostgreSQL for it. */
const APART_MS = 3_000;

/** The agents of the demo for which the sample agent has a key: none without a demo. */
export function sampleAgentsOf(data) {
  const lines = readIfThere(pathsOf(data).sampleAgentKeys).trim().split('\n');
  return lines.map((line) => line.split(' ')).flatMap(([name, key]) => (key ? [{ name, key }] : []));
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Lets examples/sample-agent.mjs speak as the demo's agents, in this process (decision 065), whenever there are keys of them: also
 * of a demo that is loaded later. A key that is refused (revoked, or the demo removed) is not tried again; what breaks is.
 */
export function runSampleAgents({ data, port }) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const log = (line) => {
    try {
      appendFileSync(pathsOf(data).log('sample-agent'), `${new Date().toISOString()} ${line}\n`);
    } catch {
      // A full disk is no reason for the launcher to end.
    }
  };
  const wait = (ms) => pause(ms, undefined, { signal }).catch(() => {});
  const known = new Set();

  async function keepSpeaking({ name, key }) {
    while (!signal.aborted) {
      try {
        // Loaded when first needed: without a demo it costs nothing, and what is wrong with it stops no start.
        const { runAgent } = await import('../../examples/sample-agent.mjs');
        await runAgent({ url: `http://127.0.0.1:${port}`, key, signal, log: (line) => log(`${name} ${line}`) });
        return log(`${name} ends: ${signal.aborted ? 'told to stop' : 'its key is refused'}`);
      } catch (error) {
        log(`${name} broke: ${error.stack}`);
        await wait(AGAIN_AFTER_MS);
      }
    }
  }

  async function lookForKeys() {
    while (!signal.aborted) {
      for (const agent of sampleAgentsOf(data).filter(({ key }) => !known.has(key))) {
        known.add(agent.key);
        void keepSpeaking(agent);
        await wait(APART_MS);
      }
      await wait(LOOK_EVERY_MS);
    }
  }
  void lookForKeys();
  return { stop: async () => stopping.abort() };
}
