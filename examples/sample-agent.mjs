// An AI agent of Baton in a page of code, with no model: it answers a short list of questions and hands the rest to people.
//   BATON_URL=http://localhost:4000 BATON_KEY=bat_g_… node examples/sample-agent.mjs
// It keeps nothing. Killed at any instant and started again it finds what is due in Baton and answers nothing twice.
import { realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What it knows, in English and German. */
const ANSWERS = [
  {
    asks: /^\W*(hi|hello|hey|good (morning|day|evening)|hallo|guten (morgen|tag|abend))\W*$/i,
    en: 'Hello! Ask me about opening hours, delivery, bulbs or the warranty.',
    de: 'Guten Tag! Fragen Sie mich nach Öffnungszeiten, Lieferung, Leuchtmitteln oder der Garantie.',
  },
  { asks: /^\W*(many )?(thanks|thank you)( very much| a lot)?\W*$|^\W*(danke|vielen dank)( schön| sehr)?\W*$/i, en: 'You are welcome.', de: 'Gern geschehen.' },
  {
    asks: /\b(open|opening|hours|saturdays?)\b|geöffnet|öffnungszeiten|\bsamstags?\b/i,
    en: 'Our showroom is open Monday to Saturday, 10:00 to 17:00.',
    de: 'Unser Laden ist Montag bis Samstag von 10 bis 17 Uhr geöffnet.',
  },
  {
    asks: /\b(deliver|delivery|shipping)\b|\bwhere\b.*\b(order|parcel)\b|\b(liefern|lieferung|lieferzeit|versand)\b|\bwo\b.*\b(bestellung|paket)\b/i,
    en: 'What you order leaves us within a day and arrives within three. The mail that told you it had left has a link to follow it.',
    de: 'Was Sie bestellen, verlässt uns binnen einem Tag und ist nach höchstens drei Tagen bei Ihnen. In der Mail zum Versand steht ein Link, um es zu verfolgen.',
  },
  {
    asks: /\b(bulbs?|e27|led)\b|\b(glühbirnen?|leuchtmittel)\b/i,
    en: 'All our lamps take E27 bulbs of up to 40 W, dimmable LED bulbs too.',
    de: 'In alle unsere Lampen passen E27-Leuchtmittel bis 40 W, auch dimmbare LEDs.',
  },
  {
    asks: /\b(warranty|guarantee|garantie)\b/i,
    en: 'Every lamp has a warranty of five years. The date on the invoice is the date that counts.',
    de: 'Auf jede Lampe geben wir fünf Jahre Garantie. Es zählt das Datum auf der Rechnung.',
  },
];
const WORDS = {
  en: {
    askedAColleague: 'I have no answer to this, so I have asked a colleague, who will write to you here.',
    notForPeople: 'I am sorry, I have no answer to this.',
    isBack: (who) => `I am back: ${who} has handed our conversation to me again.`,
    hasRead: (who, text) => `I am back, and have read what ${who} wrote to you: “${text}”`,
  },
  de: {
    askedAColleague: 'Das kann ich nicht beantworten. Ich habe jemanden aus dem Team gefragt, der Ihnen hier schreibt.',
    notForPeople: 'Das kann ich leider nicht beantworten.',
    isBack: (who) => `Ich bin wieder da: ${who} hat mir unser Gespräch zurückgegeben.`,
    hasRead: (who, text) => `Ich bin wieder da und habe gelesen, was ${who} Ihnen geschrieben hat: „${text}“`,
  },
};

/** What a refused answer means (docs/integrating.md). Each comes with an event, and the next pass reads again. */
const NOT_SAID = { ai_paused: 'a person has it', stale_epoch: 'who may speak has changed', newer_message: 'the customer wrote again' };

/** Serves the conversations of the key's agent until `signal` aborts or the key is refused. */
export async function runAgent({ url, key, log, signal }) {
  const ask = asking({ url, key });
  for await (const _ of changes({ url, key, signal })) {
    try {
      await answerAll(ask, log);
    } catch (error) {
      log(error.message);
      if (error.status === 401) return;
    }
  }
}

/** Yields when something may have changed: at the start, at events about our conversations, and at the stream's heartbeat. */
async function* changes({ url, key, signal }) {
  while (!signal?.aborted) {
    try {
      const stream = await fetch(`${url}/events`, { headers: { authorization: `Bearer ${key}` }, signal });
      yield;
      for await (const _ of stream.body) yield;
    } catch {
      // The api is away, or we are told to stop.
    }
    await pause(1_000, undefined, { signal }).catch(() => {});
  }
}

async function answerAll(ask, log) {
  let cursor = '';
  do {
    const page = await ask('GET', `/conversations?view=to_answer${cursor}`);
    for (const { id } of page.items) {
      await takeTurn(ask, id, log).catch((error) => {
        if (error.status === 401) throw error;
        log(`${id}: not this time: ${error.message}`);
      });
    }
    cursor = page.next && `&cursor=${page.next}`;
  } while (cursor);
}

async function takeTurn(ask, id, log) {
  const conversation = await ask('GET', `/conversations/${id}`);
  if (!conversation.mayReply || !conversation.answerDue) return;
  const { ai, lastCustomerMessage } = conversation;
  // Seen by the customer and by whoever reads along; not said, it is not missed, but where a person has come nobody need think on.
  const stopped = await ask('POST', `/conversations/${id}/typing`, { body: {} }).catch(({ code }) => code);
  if (stopped === 'ai_paused') return log(`${id}: ${NOT_SAID.ai_paused}`);
  const [asked, language] = [unanswered(conversation), languageOf(conversation)];
  const answer = ANSWERS.find(({ asks }) => asks.test(asked))?.[language] ?? (await handOver(ask, conversation, asked, WORDS[language]));
  if (answer === null) return log(`${id}: left to people`);
  try {
    const text = `${whatPeopleDid(conversation, WORDS[language])}${answer}`;
    // The same message under the same epoch is the same answer, whichever process of ours gives it.
    const once = `answer-${lastCustomerMessage}-${ai.epoch}`;
    await ask('POST', `/conversations/${id}/messages`, { once, body: { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage } });
    log(`${id}: answered`);
  } catch (error) {
    if (!(error.code in NOT_SAID)) throw error;
    log(`${id}: silent, ${NOT_SAID[error.code]}`);
  }
}

/** Everything the customer wrote since somebody last answered: a burst is one question. */
function unanswered({ messages }) {
  const answeredAt = messages.findLastIndex(({ author }) => author === 'agent' || author === 'operator');
  return messages.slice(answeredAt + 1).map(({ text }) => text).join('\n');
}

/** What the customer writes in, as Baton has detected it: a message too short to tell is taken for what they wrote before. */
function languageOf({ messages }) {
  const { language } = messages.findLast((one) => one.author === 'customer' && one.language) ?? {};
  return language?.startsWith('de') ? 'de' : 'en';
}

/** Escalates, with the agent's handover case that fits. Gives what to tell the customer; null where that is up to people now. */
async function handOver(ask, { id, agent, lastCustomerMessage, messages }, asked, words) {
  const { effective } = await ask('GET', `/policies/${agent.id}`);
  const fitting = fittingCase(effective.handoverCases, asked);
  const last = messages.find((message) => message.id === lastCustomerMessage);
  const body = { reason: `Not on my list: ${oneLine(last?.text ?? asked, 300)}`, ...(fitting && { case: fitting.key }) };
  try {
    const { mayReply } = await ask('POST', `/conversations/${id}/escalate`, { once: `escalate-${lastCustomerMessage}-${body.case ?? ''}`, body });
    return mayReply ? words.askedAColleague : null;
  } catch (error) {
    if (error.code === 'help_desk_off' || error.code === 'case_not_escalated') return words.notForPeople;
    throw error;
  }
}

/** The case whose plain words have most in common with the question. This is where a model would choose. */
function fittingCase(cases, asked) {
  const said = wordsOf(asked);
  const inCommon = ({ key, when }) => [...wordsOf(`${key} ${when}`)].filter((word) => said.has(word)).length;
  return cases.filter((one) => inCommon(one) > 0).sort((one, other) => inCommon(other) - inCommon(one))[0];
}

const COMMON = new Set('about answer asks customer from have that their them they this want wants what when where with your'.split(' '));
const wordsOf = (text) => new Set((text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !COMMON.has(word)));

/** The first answer after people had it shows that their work is known (`handBack`); later ones need not repeat it, and where nobody came there is none (`hadPeople`). */
function whatPeopleDid({ handBack, messages }, { isBack, hasRead }) {
  if (!handBack?.hadPeople || messages.some(({ author, createdAt }) => author === 'agent' && createdAt > handBack.at)) return '';
  const last = messages.findLast(({ id }) => handBack.humanMessages.includes(id));
  return `${last ? hasRead(firstName(last.by), oneLine(last.text, 200)) : isBack(firstName(handBack.by))}\n\n`;
}

/** Customers need no family names. */
const firstName = ({ name }) => name.split(' ')[0];

function oneLine(text, most) {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

/** Asks the API. Throws what is refused with its `code` and `status`; what got no answer may be asked again with the same `once`. */
function asking({ url, key }) {
  return async (method, path, { body, once } = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(15_000),
      headers: { authorization: `Bearer ${key}`, ...(once && { 'idempotency-key': once }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (answer.status === 204) return null;
    const said = await answer.json();
    if (answer.ok) return said;
    throw Object.assign(new Error(`${said.code}: ${said.detail}`), { code: said.code, status: answer.status });
  };
}

// As a program; the demo's launcher imports it instead.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { BATON_URL = 'http://localhost:4000', BATON_KEY: key } = process.env;
  if (!key) throw new Error('BATON_KEY is needed: npm run baton -- key create --role agent --team TEAM --agent NAME');
  await runAgent({ url: BATON_URL, key, log: console.log });
}
