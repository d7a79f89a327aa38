import { foldQuote } from '#activities/email/fold-quote.ts';
import { growth } from '../support/processor-time.ts';

describe('the older mail below an answer', () => {
  it.each([
    ['English', 'On Mon, 2 Mar 2026 at 10:00, Shop <s@x.example> wrote:'],
    ['English over three lines', 'On Monday, 2 March 2026 at 10:00,\nShop Support\n<s@x.example> wrote:'],
    ['German', 'Am Mo., 2. März 2026 um 10:00 Uhr schrieb Shop <s@x.example>:'],
    ['German, name first', 'Shop <s@x.example> schrieb am Mo., 2. März 2026, 10:00:'],
    ['French', 'Le lun. 2 mars 2026 à 10:00, Shop a écrit :'],
    ['Spanish', 'El lun, 2 mar 2026 a las 10:00, Shop escribió:'],
    ['Italian', 'Il giorno lun 2 mar 2026 alle ore 10:00 Shop ha scritto:'],
    ['Dutch', 'Op ma 2 mrt 2026 om 10:00 schreef Shop <s@x.example>:'],
    ['Portuguese', 'Em seg., 2 de mar. de 2026 às 10:00, Shop escreveu:'],
    ['Polish', 'W dniu 02.03.2026 o 10:00, Shop pisze, napisał(a):'],
    ['Swedish', 'Den mån 2 mars 2026 kl 10:00 skrev Shop <s@x.example>:'],
    ['Finnish', 'Shop (s@x.example) kirjoitti 2.3.2026:'],
    ['Czech', 'Dne po 2. 3. 2026 10:00 Shop napsal(a):'],
    ['Turkish', 'Shop, 2 Mar 2026 Pzt, 10:00 tarihinde şunu yazdı:'],
    ['Russian', 'пн, 2 мар. 2026 г. в 10:00, Shop пишет:'],
    ['Chinese', 'Shop <s@x.example> 于2026年3月2日周一 10:00写道：'],
    ['Korean', '2026년 3월 2일 (월) 오전 10:00, Shop 님이 작성:'],
  ])('folds after the words of a program in %s', (_language, attribution) => {
    const quoted = `${attribution}\n> Hello Ada,\n>\n> tomorrow.`;
    expect(foldQuote(`Thanks!\n\n${quoted}`)).toEqual({ visible: 'Thanks!\n\n', quoted });
    const bare = `${attribution}\n\nHello Ada,\ntomorrow.`;
    expect(foldQuote(`Thanks!\n\n${bare}`)).toEqual({ visible: 'Thanks!\n\n', quoted: bare });
  });

  it.each([
    ['Von: Shop\nGesendet: Montag\nAn: Ada\nBetreff: Ihre Bestellung\n\nHallo'],
    ['De : Shop\nEnvoyé : lundi\nÀ : Ada\nObjet : commande\n\nBonjour'],
    ['De: Shop\nEnviado: lunes\nPara: Ada\nAsunto: pedido\n\nHola'],
    ['-----Ursprüngliche Nachricht-----\nHallo'],
    ["-----Message d'origine-----\nBonjour"],
    ['________________________________\nFrom: Shop\nSent: Monday\nTo: Ada\nSubject: x\n\nHello'],
  ])('folds at the head that a program writes: %j', (quoted) => {
    expect(foldQuote(`Thanks!\n${quoted}`)).toEqual({ visible: 'Thanks!\n', quoted });
  });

  it.each([
    ['an answer between the lines', 'On Monday Shop wrote:\n> Colour?\nBlue.\n> Size?\nLarge.'],
    ['an answer below the quote', '> Colour?\n\nBlue.'],
    ['a letter that begins with From', 'From: my heart\nI thank you.'],
    ['a sentence that ends in wrote:', 'On reflection I wrote:\nnothing\n> else\nin particular'],
    ['a line of underscores', 'Dear team\n________________________________\nMy list'],
    ['nothing but a quote', '> a\n> b'],
    ['nothing at all', ''],
  ])('stays in sight: %s', (_case, text) => {
    expect(foldQuote(text)).toEqual({ visible: text, quoted: '' });
  });

  it('stays in sight where somebody forwards it: there it is the message', () => {
    const text = 'Please look\n\nFrom: Ada\nSent: Monday\nTo: Shop\nSubject: zip\n\nBroken.';
    expect(foldQuote(text, { isForward: true })).toEqual({ visible: text, quoted: '' });
  });

  it.each([['quotes and answers by turns', 'text\n> quote\n', 5_000], ['lines that might lead a quote in', `On ${'x'.repeat(390)}\n`, 500]])('takes no longer for a long text than for many short ones: %s', (_what, line, times) => {
    expect(growth(times, (n) => foldQuote(line.repeat(n)))).toBeLessThan(24);
  });
});
