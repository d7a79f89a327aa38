import { assign, claim } from '../tickets/assign.ts';
import { changeTicket } from '../tickets/change-ticket.ts';
import { createTicket } from '../tickets/create-ticket.ts';
import { note } from '../tickets/note.ts';
import { reply } from '../tickets/reply.ts';
import { setStatus } from '../tickets/set-status.ts';
import { snooze } from '../tickets/snooze.ts';
import { agentAnswers, chat, customerReads, customerWrites } from './demo-chat.ts';
import { customerMails, done } from './demo-stage.ts';
import type { Stage } from './demo-stage.ts';
import { escalate } from '../conversations/escalate.ts';
import { takeOver } from '../conversations/take-over.ts';

/** One customer's story; played again it changes nothing, since every key in it is fixed. */
export type Story = (stage: Stage) => Promise<void>;

const DAY_MS = 24 * 60 * 60_000;

/** A German mail that nobody has looked at yet. */
const missingPart: Story = async (stage) => {
  await customerMails(stage, {
    key: 'missing-part', name: 'Katrin Vogel', from: 'katrin.vogel@example.de', to: stage.addresses.support, subject: 'Lieferung unvollständig',
    text: 'Guten Tag,\n\nheute kam mein Paket (Bestellung 48213) an, aber der Schirm der Stehlampe fehlt. Karton und Folie waren unbeschädigt.\nKönnen Sie ihn nachschicken?\n\nViele Grüße\nKatrin Vogel',
  });
};

/** Claimed, with a note that asks a colleague. */
const brokenSwitch: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'broken-switch', name: 'Tom Okafor', from: 'tom.okafor@example.com', to: stage.addresses.support, subject: 'Dimmer switch buzzes',
    text: 'Hi,\n\nthe dimmer of my Halo floor lamp buzzes below 30 %. I tried two different bulbs, both from your list. Is that normal?\n\nThanks,\nTom',
  });
  done(await claim(deps, people.jonas, ticketId, 'demo:claim'));
  done(await note(deps, people.jonas, ticketId, { text: '@Aiko did we not have a batch of these dimmers in spring? Serial starts with HL-23.', mentions: [people.aiko.operatorId] }, 'demo:note'));
  done(await changeTicket(deps, people.jonas, ticketId, { tags: ['bug'] }, 'demo:tag'));
};

/** Answered; we wait for the customer. */
const wrongInvoice: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'wrong-invoice', name: 'Hélène Moreau', from: 'helene.moreau@example.fr', to: stage.addresses.support, subject: 'Erreur sur ma facture',
    text: 'Bonjour,\n\nma facture 2207 indique deux lampes alors que je n’en ai commandé qu’une. Pouvez-vous la corriger et me rembourser la différence ?\n\nCordialement,\nHélène Moreau',
  });
  done(await changeTicket(deps, people.aiko, ticketId, { priority: 'high', tags: ['billing'] }, 'demo:change'));
  done(await claim(deps, people.aiko, ticketId, 'demo:claim'));
  done(await reply(deps, people.aiko, ticketId, { text: 'Bonjour Madame Moreau,\n\nvous avez raison, une lampe a été facturée en trop. Le remboursement de 89,00 € est en route ; pouvez-vous confirmer les quatre derniers chiffres de votre IBAN ?\n\nBien à vous' }, 'demo:reply'));
};

/** On hold while a supplier looks for the answer. */
const spareGlass: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'spare-glass', name: 'Lucía Ferrer', from: 'lucia.ferrer@example.es', to: stage.addresses.support, subject: 'Cristal de recambio para la lámpara Luna',
    text: 'Hola:\n\nse me ha roto el cristal de la lámpara Luna que compré en 2021. ¿Venden el recambio por separado?\n\nUn saludo,\nLucía',
  });
  done(await assign(deps, people.mia, ticketId, { assignee: people.samir.operatorId }, 'demo:assign'));
  done(await note(deps, people.samir, ticketId, { text: '@Mia the glass is discontinued here; I asked the workshop in Murano whether they still blow it. They answer on Thursdays.', mentions: [people.mia.operatorId] }, 'demo:note'));
  done(await changeTicket(deps, people.samir, ticketId, { tags: ['supplier'] }, 'demo:tag'));
  done(await setStatus(deps, people.samir, ticketId, { status: 'on_hold' }, 'demo:hold'));
};

/** Urgent, given to somebody, not picked up. */
const smokingPlug: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'smoking-plug', name: '佐藤 美咲', from: 'misaki.sato@example.jp', to: stage.addresses.support, subject: 'プラグが熱くなり、焦げた臭いがします',
    text: 'お世話になっております。\n\n先週届いたデスクランプのプラグが熱くなり、焦げたような臭いがします。使用を中止しました。交換していただけますか。\n\n佐藤',
  });
  done(await changeTicket(deps, people.mia, ticketId, { priority: 'urgent', tags: ['bug'] }, 'demo:change'));
  done(await assign(deps, people.mia, ticketId, { assignee: people.aiko.operatorId }, 'demo:assign'));
};

/** Put aside until tomorrow. */
const laterDelivery: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'later-delivery', name: 'Greta Lindqvist', from: 'greta.lindqvist@example.se', to: stage.addresses.support, subject: 'Can you deliver a week later?',
    text: 'Hello,\n\nwe are moving house on the 3rd. Could order 48377 come a week later, to the new address? I will send it to you as soon as we have the keys.\n\nGreta',
  });
  done(await claim(deps, people.jonas, ticketId, 'demo:claim'));
  done(await snooze(deps, people.jonas, ticketId, { until: new Date(deps.now() + DAY_MS).toISOString() }, 'demo:snooze'));
};

/** Mail to the shop is answered by an AI agent; the ticket stays in case it cannot. */
const opening: Story = async (stage) => {
  const { conversationId } = await customerMails(stage, {
    key: 'opening-hours', name: 'Pieter de Wit', from: 'pieter.dewit@example.nl', to: stage.addresses.shop, subject: 'Openingstijden van de showroom',
    text: 'Hallo,\n\nis de showroom in Utrecht ook op zaterdag open?\n\nGroet, Pieter',
  });
  await agentAnswers(stage, 'wren', conversationId, 'Hallo Pieter,\n\nja, op zaterdag van 10 tot 17 uur. Parkeren kan achter het gebouw.\n\nWren, de assistent van Bramble', 'demo:hours');
};

/** An AI agent hands a refund to people. */
const refund: Story = async (stage) => {
  const { deps, agents } = stage;
  const { conversationId } = await customerMails(stage, {
    key: 'refund', name: 'João Almeida', from: 'joao.almeida@example.pt', to: stage.addresses.shop, subject: 'Quero devolver o candeeiro',
    text: 'Boa tarde,\n\no candeeiro não combina com a sala. Está na caixa, sem uso. Como faço a devolução e quando recebo o dinheiro?\n\nJoão',
  });
  done(await escalate(deps, agents.wren, conversationId, { case: 'refund', reason: 'The customer wants to return an unused lamp and asks when the money comes.' }, 'demo:escalate'));
  await agentAnswers(stage, 'wren', conversationId, 'Boa tarde João,\n\npedi a uma colega que trate da devolução; ela responde aqui, por e-mail.\n\nWren, o assistente da Bramble', 'demo:handed-on');
};

/** A chat that an operator took from the AI and answered; the AI waits. */
const complaint: Story = async (stage) => {
  const { deps, people, agents } = stage;
  const conversationId = await chat(stage, 'robin', { key: 'complaint', name: 'Amina Diallo', email: 'amina.diallo@example.org', subject: 'Third lamp, third scratch', text: 'This is the THIRD lamp you sent with a scratched base. I am done explaining this to a machine.' });
  await agentAnswers(stage, 'robin', conversationId, 'I am sorry, Amina. I am bringing in a colleague right now.', 'demo:sorry');
  done(await escalate(deps, agents.robin, conversationId, { case: 'complaint', reason: 'Third damaged delivery; the customer is angry and asks for a person.' }, 'demo:escalate'));
  const taken = done(await takeOver(deps, people.mia, conversationId, {}, 'demo:take'));
  done(await reply(deps, people.mia, taken.id, { text: 'Hello Amina, this is Mia, I run the support team. I have pulled one lamp from the shelf and looked at its base myself; it leaves today by courier. You keep the others’ postage. Is tomorrow before noon all right?' }, 'demo:reply'));
  await customerWrites(stage, 'robin', conversationId, 'Before noon works. Thank you for looking yourself.', 'demo:thanks');
};

/** A chat that needs nobody. */
const whereIsIt: Story = async (stage) => {
  const conversationId = await chat(stage, 'robin', { key: 'where-is-it', name: 'Giulia Conti', subject: 'Dov’è il mio ordine?', text: 'Ciao, ho ordinato lunedì (ordine 48290). Quando arriva?' });
  await agentAnswers(stage, 'robin', conversationId, 'Ciao Giulia! Il pacco è a Bologna e arriva domani entro le 18.', 'demo:where');
};

/** A chat whose agent only marks it for people. */
const advice: Story = async (stage) => {
  const { deps, agents } = stage;
  const conversationId = await chat(stage, 'finch', { key: 'advice', name: 'Noah Brandt', subject: 'Lamp for a stairwell, 6 m', text: 'I need a lamp for an open stairwell, six metres drop. Your longest cable is three metres. Can somebody make one longer?' });
  await agentAnswers(stage, 'finch', conversationId, 'Our catalogue ends at three metres. I have asked a colleague whether the workshop can extend the Halo’s cable.', 'demo:ask');
  done(await escalate(deps, agents.finch, conversationId, { reason: 'Asks for a custom cable of six metres; may be a large order.' }, 'demo:flag'));
};

/** A chat that a person finished: the AI has it back. */
const solvedChat: Story = async (stage) => {
  const { deps, people } = stage;
  const conversationId = await chat(stage, 'robin', { key: 'solved-chat', name: 'Chloé Dubois', email: 'chloe.dubois@example.com', subject: 'Gift card not accepted', text: 'My gift card is refused at the checkout, it says "expired" but it is from last week.' });
  const taken = done(await takeOver(deps, people.samir, conversationId, {}, 'demo:take'));
  done(await reply(deps, people.samir, taken.id, { text: 'Hi Chloé, your card was never activated in the shop: my apologies. It works now, try again.', status: 'resolved' }, 'demo:reply'));
  await customerReads(stage, 'robin', conversationId);
  done(await changeTicket(deps, people.samir, taken.id, { tags: ['billing'] }, 'demo:tag'));
};

/** Done for good. */
const praise: Story = async (stage) => {
  const { deps, people } = stage;
  const { ticketId } = await customerMails(stage, {
    key: 'praise', name: 'Ewa Kowalska', from: 'ewa.kowalska@example.pl', to: stage.addresses.support, subject: 'Dziękuję!',
    text: 'Dzień dobry,\n\nlampa dotarła dzień wcześniej i wygląda pięknie. Dziękuję za ręcznie napisaną kartkę!\n\nEwa',
  });
  done(await reply(deps, people.aiko, ticketId, { text: 'Dzień dobry, bardzo nam miło! Przekażę to koleżance z pakowni.' }, 'demo:reply'));
  done(await changeTicket(deps, people.aiko, ticketId, { tags: ['praise'], priority: 'low' }, 'demo:change'));
  done(await setStatus(deps, people.aiko, ticketId, { status: 'closed' }, 'demo:close'));
};

/** Written down by hand after a call, and called off. */
const calledOff: Story = async ({ deps, people }) => {
  const made = done(
    await createTicket(deps, people.jonas, { subject: 'Call: wants a visit of the workshop', text: 'Asked by telephone whether a school class of 24 may visit the workshop in May. Called again an hour later: they go to the museum instead.', requester: { name: 'Bjarne Holm', email: 'bjarne.holm@example.dk' }, priority: 'low' }, 'demo:called-off'),
  );
  done(await setStatus(deps, people.jonas, made.id, { status: 'cancelled' }, 'demo:cancel'));
};

/** We wrote first. The last story: where its ticket is, everything is. */
const recall: Story = async ({ deps, people }) => {
  done(
    await createTicket(
      deps,
      people.samir,
      { subject: 'Your Halo lamp: free replacement of the dimmer', text: 'Hello Ms Novak,\n\nsome Halo lamps of last spring buzz when dimmed. Yours is one of them. May we send you a new dimmer, free of charge?\n\nKind regards\nSamir Haddad', requester: { name: 'Petra Novak', email: 'petra.novak@example.cz' }, author: 'operator', tags: ['bug'], assignee: people.samir.operatorId },
      'demo:recall',
    ),
  );
};

/** In the order in which they are told. */
export const STORIES: readonly Story[] = [
  missingPart, brokenSwitch, wrongInvoice, spareGlass, smokingPlug, laterDelivery, opening, refund, complaint, whereIsIt, advice, solvedChat, praise, calledOff, recall,
];
