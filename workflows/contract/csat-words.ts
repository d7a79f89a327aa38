import { CSAT_MAIL, CSAT_WORDS } from '../domain/csat.ts';
import type { CsatScore } from '../domain/csat.ts';
import type { CustomerLanguage } from './customer-language.ts';

/** How a customer is asked how it was: in the chat, on the page behind a mail's links, and in that mail. */
export interface CsatWords {
  readonly question: string;
  readonly scores: Readonly<Record<CsatScore, string>>;
  readonly thanks: (score: string) => string;
  readonly comment: string;
  readonly change: string;
  /** On the page. */
  readonly lead: string;
  readonly send: string;
  readonly again: string;
  readonly sending: string;
  readonly before: string;
  readonly choose: string;
  readonly refused: string;
  /** Above the links of the mail. */
  readonly mail: string;
}

export const CSAT_WORDS_IN: Readonly<Record<CustomerLanguage, CsatWords>> = {
  en: {
    question: 'How was it?',
    scores: CSAT_WORDS,
    thanks: (score) => `Thank you. You said: ${score}.`,
    comment: 'Comment (optional)',
    change: 'Change',
    lead: 'How was the help that you got from us?',
    send: 'Send',
    again: 'Send again',
    sending: 'Sending…',
    before: 'You have answered before; your newest answer counts.',
    choose: 'Choose how it was.',
    refused: 'That did not work. Try again in a moment.',
    mail: CSAT_MAIL,
  },
  de: {
    question: 'Wie war es?',
    scores: { 1: 'Furchtbar', 2: 'Schlecht', 3: 'In Ordnung', 4: 'Gut', 5: 'Sehr gut' },
    thanks: (score) => `Vielen Dank. Ihre Antwort: ${score}.`,
    comment: 'Kommentar (freiwillig)',
    change: 'Ändern',
    lead: 'Wie zufrieden sind Sie mit unserer Hilfe?',
    send: 'Absenden',
    again: 'Erneut absenden',
    sending: 'Wird gesendet …',
    before: 'Sie haben schon geantwortet; es zählt die neueste Antwort.',
    choose: 'Bitte wählen Sie, wie es war.',
    refused: 'Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.',
    mail: 'Wie zufrieden sind Sie mit unserer Hilfe? Ein Klick genügt; auf der Seite, die sich öffnet, können Sie etwas dazu schreiben.',
  },
  fr: {
    question: 'Comment ça s’est passé ?',
    scores: { 1: 'Très mal', 2: 'Mal', 3: 'Moyen', 4: 'Bien', 5: 'Très bien' },
    thanks: (score) => `Merci. Votre réponse : ${score}.`,
    comment: 'Commentaire (facultatif)',
    change: 'Modifier',
    lead: 'Que pensez-vous de l’aide que nous vous avons apportée ?',
    send: 'Envoyer',
    again: 'Envoyer à nouveau',
    sending: 'Envoi…',
    before: 'Vous avez déjà répondu ; seule votre dernière réponse compte.',
    choose: 'Choisissez une réponse.',
    refused: 'Cela n’a pas fonctionné. Réessayez dans un instant.',
    mail: 'Que pensez-vous de l’aide que nous vous avons apportée ? Un clic suffit ; vous pourrez ajouter un commentaire sur la page qui s’ouvre.',
  },
  es: {
    question: '¿Qué tal ha ido?',
    scores: { 1: 'Muy mal', 2: 'Mal', 3: 'Regular', 4: 'Bien', 5: 'Muy bien' },
    thanks: (score) => `Gracias. Su respuesta: ${score}.`,
    comment: 'Comentario (opcional)',
    change: 'Cambiar',
    lead: '¿Qué le ha parecido nuestra ayuda?',
    send: 'Enviar',
    again: 'Enviar de nuevo',
    sending: 'Enviando…',
    before: 'Ya ha respondido antes; cuenta su última respuesta.',
    choose: 'Elija una respuesta.',
    refused: 'No ha funcionado. Inténtelo de nuevo en un momento.',
    mail: '¿Qué le ha parecido nuestra ayuda? Basta un clic; en la página que se abre puede añadir un comentario.',
  },
  it: {
    question: 'Com’è andata?',
    scores: { 1: 'Malissimo', 2: 'Male', 3: 'Così così', 4: 'Bene', 5: 'Benissimo' },
    thanks: (score) => `Grazie. La tua risposta: ${score}.`,
    comment: 'Commento (facoltativo)',
    change: 'Modifica',
    lead: 'Che cosa pensi dell’assistenza ricevuta?',
    send: 'Invia',
    again: 'Invia di nuovo',
    sending: 'Invio in corso…',
    before: 'Hai già risposto; vale la tua ultima risposta.',
    choose: 'Scegli una risposta.',
    refused: 'Qualcosa non ha funzionato. Riprova tra un momento.',
    mail: 'Che cosa pensi dell’assistenza ricevuta? Basta un clic; nella pagina che si apre puoi aggiungere un commento.',
  },
  pt: {
    question: 'Como foi?',
    scores: { 1: 'Péssimo', 2: 'Mau', 3: 'Razoável', 4: 'Bom', 5: 'Ótimo' },
    thanks: (score) => `Obrigado. A sua resposta: ${score}.`,
    comment: 'Comentário (opcional)',
    change: 'Alterar',
    lead: 'O que achou da nossa ajuda?',
    send: 'Enviar',
    again: 'Enviar de novo',
    sending: 'A enviar…',
    before: 'Já respondeu antes; conta a resposta mais recente.',
    choose: 'Escolha uma resposta.',
    refused: 'Não funcionou. Tente de novo daqui a pouco.',
    mail: 'O que achou da nossa ajuda? Basta um clique; na página que se abre pode deixar um comentário.',
  },
  nl: {
    question: 'Hoe was het?',
    scores: { 1: 'Heel slecht', 2: 'Slecht', 3: 'Matig', 4: 'Goed', 5: 'Heel goed' },
    thanks: (score) => `Bedankt. Je antwoord: ${score}.`,
    comment: 'Opmerking (optioneel)',
    change: 'Wijzigen',
    lead: 'Wat vond je van onze hulp?',
    send: 'Versturen',
    again: 'Opnieuw versturen',
    sending: 'Wordt verstuurd…',
    before: 'Je hebt al geantwoord; je laatste antwoord telt.',
    choose: 'Kies hoe het was.',
    refused: 'Dat lukte niet. Probeer het zo nog eens.',
    mail: 'Wat vond je van onze hulp? Eén klik is genoeg; op de pagina die opent kun je een opmerking toevoegen.',
  },
  pl: {
    question: 'Jak było?',
    scores: { 1: 'Fatalnie', 2: 'Źle', 3: 'Średnio', 4: 'Dobrze', 5: 'Świetnie' },
    thanks: (score) => `Dziękujemy. Twoja odpowiedź: ${score}.`,
    comment: 'Komentarz (opcjonalnie)',
    change: 'Zmień',
    lead: 'Jak oceniasz naszą pomoc?',
    send: 'Wyślij',
    again: 'Wyślij ponownie',
    sending: 'Wysyłanie…',
    before: 'Odpowiedź już jest zapisana; liczy się najnowsza.',
    choose: 'Wybierz ocenę.',
    refused: 'Nie udało się. Spróbuj ponownie za chwilę.',
    mail: 'Jak oceniasz naszą pomoc? Wystarczy jedno kliknięcie; na stronie, która się otworzy, możesz dodać komentarz.',
  },
};
