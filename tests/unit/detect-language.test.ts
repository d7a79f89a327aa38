import { describe, expect, it } from '@jest/globals';
import { detectLanguage } from '#store/languages/detect-language.ts';
import { isDetectorFree } from '#store/languages/detector-thread.ts';

describe('the language a customer writes in (P46)', () => {
  it.each([
    ['en', 'My lamp arrived broken and I would like a refund please.'],
    ['en', 'When are you open?'],
    ['de', 'Wo bleibt meine Bestellung?'],
    ['fr', 'Bonjour, où est mon colis ?'],
    ['es', 'La lámpara llegó rota y quiero que me devuelvan el dinero.'],
    ['pt', 'O candeeiro chegou partido e queria o dinheiro de volta.'],
    ['it', 'Dove si trova il mio pacco?'],
    ['nl', 'De lamp is kapot aangekomen en ik wil graag mijn geld terug.'],
    ['sv', 'Lampan kom trasig och jag vill ha pengarna tillbaka.'],
    ['da', 'Lampen var i stykker, og jeg vil gerne have pengene tilbage.'],
    ['fi', 'Missä tilaukseni viipyy?'],
    ['pl', 'Gdzie jest moje zamówienie?'],
    ['cs', 'Lampa přišla rozbitá a chtěl bych vrátit peníze.'],
    ['hu', 'A lámpa törötten érkezett, szeretném visszakapni a pénzem.'],
    ['ro', 'Lampa a ajuns spartă și aș dori banii înapoi.'],
    ['tr', 'Siparişim nerede kaldı?'],
    ['ru', 'Здравствуйте, лампа пришла разбитой, хочу вернуть деньги.'],
    ['ru', 'Где мой заказ? Жду уже неделю.'],
    ['uk', 'Де моє замовлення? Чекаю вже тиждень.'],
    ['el', 'Πού βρίσκεται η παραγγελία μου;'],
    ['ja', '注文した商品がまだ届きません。'],
    ['zh', '我的订单什么时候到？已经等了一个星期了。'],
    ['ko', '주문한 상품이 아직 도착하지 않았습니다.'],
    ['ar', 'أين طلبي؟ لقد انتظرت أسبوعًا كاملاً.'],
    ['he', 'איפה ההזמנה שלי? אני מחכה כבר שבוע.'],
    ['vi', 'Đơn hàng của tôi đang ở đâu?'],
    ['th', 'สินค้าที่สั่งยังไม่มาส่งเลยค่ะ'],
  ])('is told to be %s by “%s”', async (language, text) => {
    expect(await detectLanguage(text)).toBe(language);
  });

  it.each([
    ['too few letters', 'Merci !'],
    ['nine letters and much else', 'Danke dir 12 34 56 78 90'],
    ['numbers and codes alone', 'AB-1234 XY-99 #55821 ORD_2026_11'],
    ['pictures', '😀😀😀😀😀😀😀😀😀😀😀😀'],
    ['a link in English', 'https://shop.example/where/is/my/order'],
    ['somebody else’s words', '> Where is my order?\n> I have waited for two weeks.'],
    ['a greeting with a name', 'Hi Mia, danke'],
    ['a signature', '-- \nMia Miller\nHead of support and sales'],
    ['no language at all', 'asdfghjkl qwertyuiop zxcvbnm'],
    ['nothing', ''],
  ])('is left open by %s', async (_what, text) => {
    expect(await detectLanguage(text)).toBeNull();
  });

  it('is the writer’s, whatever they quote, link and sign with', async () => {
    const text = 'Où en est ma commande AB-1234 ? Merci de répondre.\n> Where is my order? I have waited for two weeks now.\nhttps://shop.example/where/is/my/order\n-- \nSent from the phone of the head of support';
    expect(await detectLanguage(text)).toBe('fr');
  });
});

it('is free for whoever asks now only once it has started, and while nobody else waits for it: a lock may wait for that', async () => {
  const asked = detectLanguage('Ich möchte gerne wissen, wo mein Paket bleibt.');
  expect(isDetectorFree()).toBe(false);
  expect(await asked).toBe('de');
  expect(isDetectorFree()).toBe(true);
  const two = [detectLanguage('Where is my parcel, and when will it come?'), detectLanguage('Où est mon colis, et quand est-ce qu’il arrive ?')];
  expect(isDetectorFree()).toBe(false);
  expect(await Promise.all(two)).toEqual(['en', 'fr']);
});
